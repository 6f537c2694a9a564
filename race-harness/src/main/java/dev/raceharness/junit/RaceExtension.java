package dev.raceharness.junit;

import dev.raceharness.Race;
import dev.raceharness.RaceHarness;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
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
 * <p>All tests of a run that name the same data source share one harness, which is removed from the database at the
 * end of the run. Safe under parallel execution: the races of one database take turns.
 */
public final class RaceExtension implements ParameterResolver, InvocationInterceptor, AfterEachCallback {

    private static final ExtensionContext.Namespace HARNESSES = ExtensionContext.Namespace.create(RaceExtension.class);

    private final Supplier<DataSource> dataSource;

    private RaceExtension(Supplier<DataSource> dataSource) {
        this.dataSource = dataSource;
    }

    /** Races in this database, under the conditions of {@link Race#on(DataSource)}. */
    public static RaceExtension on(DataSource dataSource) {
        return on(() -> dataSource);
    }

    /** As {@link #on(DataSource)}, for a data source that is there only when the first race begins; asked for it once. */
    public static RaceExtension on(Supplier<DataSource> dataSource) {
        return new RaceExtension(dataSource);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Race.class;
    }

    @Override
    public Race resolveParameter(ParameterContext parameter, ExtensionContext test) {
        if (test.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException("A race belongs to one test, but "
                    + parameter.getDeclaringExecutable() + " is called for the whole class: take the Race as a"
                    + " parameter of the test method, or of a @BeforeEach method.");
        }
        var use = RaceUse.of(test);
        return harness(test)
                .race()
                .named(RaceUse.titleOf(test))
                .beforehand(use::settle)
                .afterwards(outcome -> use.report(outcome.toString()))
                .afterExploring(exploration -> use.report(exploration.toString()));
    }

    private RaceHarness harness(ExtensionContext test) {
        var store = test.getRoot().getStore(HARNESSES);
        var database = store.computeIfAbsent(this, extension -> dataSource.get(), DataSource.class);
        return store.computeIfAbsent(database, RaceHarness::open, RaceHarness.class);
    }

    /** A dynamic test that fails is reason enough for there being no race. */
    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext context, ExtensionContext test) throws Throwable {
        try {
            invocation.proceed();
        } catch (Throwable failure) {
            RaceUse.find(test).ifPresent(RaceUse::settle);
            throw failure;
        }
    }

    @Override
    public void afterEach(ExtensionContext test) {
        if (test.getExecutionException().isEmpty()) {
            RaceUse.find(test).ifPresent(RaceUse::check);
        }
    }
}
