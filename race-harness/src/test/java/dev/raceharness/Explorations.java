package dev.raceharness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;

/** Explorations for tests. */
final class Explorations {

    private Explorations() {}

    /**
     * A racer whose session logs its statements: parameters, which are the run's token, several statements, and a transaction
     * that the driver begins.
     */
    static Run.Action logged(String... statements) {
        return run -> {
            try (var connection = Playground.logged().getConnection()) {
                connection.setAutoCommit(false);
                var result = 0;
                for (var sql : statements) {
                    try (var statement = connection.prepareStatement(sql)) {
                        for (int i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
                            statement.setString(i, run.token());
                        }
                        result = statement.execute() ? 0 : statement.getUpdateCount();
                    }
                }
                connection.commit();
                return result;
            }
        };
    }

    /** A racer that executes these statements in one armed transaction, with the run's token in place of TOKEN. */
    static Run.Action transaction(String... statements) {
        return run -> {
            var own = new String[statements.length];
            for (int i = 0; i < own.length; i++) {
                own[i] = statements[i].replace("TOKEN", run.token());
            }
            return Playground.armed(own).call();
        };
    }

    /** Explores with and without pruning: both are complete and find the same outcomes. Gives the pruned one. */
    static Exploration bothWays(Race race) {
        var pruned = race.explore();
        var full = race.withoutPruning().explore();
        System.out.printf(
                "  pruning: %d interleavings and %d given up on the way, instead of %d%n",
                pruned.interleavings().size(), pruned.pruned(), full.interleavings().size());
        assertThat(pruned.incomplete()).isEmpty();
        assertThat(full.incomplete()).isEmpty();
        assertThat(outcomes(pruned)).as("outcomes with pruning").isEqualTo(outcomes(full));
        assertThat(pruned.interleavings().size()).isLessThanOrEqualTo(full.interleavings().size());
        return pruned;
    }

    static Set<String> outcomes(Exploration exploration) {
        return exploration.interleavings().stream()
                .map(explored -> explored.grade() + " " + explored.outcome())
                .collect(Collectors.toSet());
    }
}
