package dev.raceharness.junit;

import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.RaceHarness;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Injects a {@link Race} into test methods of any kind, prints the outcome of each, and attaches it to the report.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final RaceExtension races = RaceExtension.on(ownerDataSource());
 * }</pre>
 *
 * <p>All tests of a run that name the same data source share one harness, which is removed from the database at the
 * end of the run. Safe under parallel execution: the races of one database take turns.
 */
public final class RaceExtension implements ParameterResolver {

    private static final ExtensionContext.Namespace HARNESSES = ExtensionContext.Namespace.create(RaceExtension.class);

    private final Supplier<DataSource> dataSource;

    private RaceExtension(Supplier<DataSource> dataSource) {
        this.dataSource = dataSource;
    }

    /** Races in this database, under the conditions of {@link Race#on(DataSource)}. */
    public static RaceExtension on(DataSource dataSource) {
        return on(() -> dataSource);
    }

    /** As {@link #on(DataSource)}, for a data source that is there only when the first race begins. */
    public static RaceExtension on(Supplier<DataSource> dataSource) {
        return new RaceExtension(dataSource);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Race.class;
    }

    @Override
    public Race resolveParameter(ParameterContext parameter, ExtensionContext test) {
        var harness = test.getRoot()
                .getStore(HARNESSES)
                .computeIfAbsent(dataSource.get(), RaceHarness::open, RaceHarness.class);
        return harness.race().named(test.getDisplayName()).afterwards(outcome -> report(outcome, test));
    }

    private static void report(Outcome outcome, ExtensionContext test) {
        System.out.println(outcome);
        test.publishReportEntry("race", outcome.toString());
    }
}
