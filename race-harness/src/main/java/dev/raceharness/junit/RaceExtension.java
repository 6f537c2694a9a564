package dev.raceharness.junit;

import dev.raceharness.Race;
import dev.raceharness.RaceHarness;
import dev.raceharness.report.RaceReport;
import dev.raceharness.report.Story;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Injects a {@link Race} into test methods of any kind, prints the outcome of each, and attaches it to the report as the
 * entry {@code race}. A test that takes a race and never runs it fails.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final RaceExtension races = RaceExtension.on(ownerDataSource());
 * }</pre>
 *
 * <p>All tests that name the same data source share one harness, which is removed from the database at the end of JUnit's
 * launcher session: that of the build, or that of whoever starts tests from a program. Safe under parallel execution: the
 * races of one database take turns.
 *
 * <p>If the JUnit configuration parameter {@code race.report.folder} names a folder, all races of the run are written
 * into it, {@code index.html} first, and the console shows one line a race. {@code race.report.sources} names the folder
 * of the sources, whose Javadoc says what each race is; {@code race.report.audit} names an audit to be filled in, {@code
 * race.report.order} a text that mentions the test classes in the order in which they are to be read. Who has something to
 * add takes the {@link RaceReport} as a parameter.
 */
public final class RaceExtension
        implements ParameterResolver, InvocationInterceptor, AfterEachCallback, AfterAllCallback {

    private static final ExtensionContext.Namespace HARNESSES = ExtensionContext.Namespace.create(RaceExtension.class);

    private static final Set<Class<?>> PARAMETERS = Set.of(Race.class, RaceReport.class);

    /** What JUnit keeps it closes if it can, and a pool is for whoever made it to close. */
    private record Database(DataSource dataSource) {}

    private final Supplier<DataSource> dataSource;

    private RaceExtension(Supplier<DataSource> dataSource) {
        this.dataSource = dataSource;
    }

    /** Races in this database, under the conditions of {@link Race#on(DataSource)}. */
    public static RaceExtension on(DataSource dataSource) {
        return on(() -> dataSource);
    }

    /** As {@link #on(DataSource)}, for a data source that is there only when the first race begins; asked for once a run. */
    public static RaceExtension on(Supplier<DataSource> dataSource) {
        return new RaceExtension(dataSource);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return PARAMETERS.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == RaceReport.class
                ? ReportOfRun.of(test)
                : raceFor(parameter, test);
    }

    private Race raceFor(ParameterContext parameter, ExtensionContext test) {
        if (test.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException("A race belongs to one test, but "
                    + parameter.getDeclaringExecutable() + " is called for the whole class: take the Race as a"
                    + " parameter of the test method, or of a @BeforeEach method.");
        }
        var use = RaceUse.of(test);
        return harness(test)
                .race()
                .named(RaceUse.titleOf(test))
                .beforehand(asked -> use.settle())
                .afterwards(outcome -> use.report(outcome.toString(), Story.of(outcome)))
                .afterExploring(exploration -> use.report(exploration.toString(), Story.of(exploration)));
    }

    private RaceHarness harness(ExtensionContext test) {
        var database = test.getRoot()
                .getStore(HARNESSES)
                .computeIfAbsent(this, extension -> new Database(dataSource.get()), Database.class);
        return test.getStore(StoreScope.LAUNCHER_SESSION, HARNESSES)
                .computeIfAbsent(database, opened -> RaceHarness.open(opened.dataSource()), RaceHarness.class);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext context, ExtensionContext test) throws Throwable {
        try {
            invocation.proceed();
        } catch (Throwable failure) {
            RaceUse.find(test).ifPresent(use -> use.failed(failure));
            throw failure;
        }
    }

    @Override
    public void afterEach(ExtensionContext test) {
        RaceUse.find(test).ifPresent(RaceUse::end);
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        ReportOfRun.of(tests).writePage(tests.getRequiredTestClass().getName());
    }
}
