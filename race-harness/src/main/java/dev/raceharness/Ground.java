package dev.raceharness;

import java.util.function.BiFunction;
import javax.sql.DataSource;

/** Where races take place. */
interface Ground {

    Outcome run(Plan plan);

    Exploration explore(Plan plan);

    /** The one interleaving of its schedule as a spec of isolationtester. */
    String export(Plan plan);

    /** A harness that is installed for each race, and removed after it. */
    static Ground installedEachTime(DataSource dataSource) {
        return new Ground() {
            @Override
            public Outcome run(Plan plan) {
                return with(plan, RaceHarness::run);
            }

            @Override
            public Exploration explore(Plan plan) {
                return with(plan, RaceHarness::explore);
            }

            @Override
            public String export(Plan plan) {
                return with(plan, RaceHarness::export);
            }

            private <T> T with(Plan plan, BiFunction<RaceHarness, Plan, T> work) {
                try (var harness = RaceHarness.open(dataSource, plan.testDatabase)) {
                    return work.apply(harness, plan);
                }
            }
        };
    }

    static Ground keptInstalled(RaceHarness harness) {
        return new Ground() {
            @Override
            public Outcome run(Plan plan) {
                return harness.run(plan);
            }

            @Override
            public Exploration explore(Plan plan) {
                return harness.explore(plan);
            }

            @Override
            public String export(Plan plan) {
                return harness.export(plan);
            }
        };
    }
}
