package dev.raceharness.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.raceharness.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code check} adds to what the commands cost that it runs; for docs/benchmarks.md. */
@Tag("benchmark")
class CheckBenchmarkTests {

    private static final int ROUNDS = 9;
    private static final int INTERLEAVINGS = 20;

    /** In turn, so that whatever else the machine does is in both figures. */
    @Test
    void twoCurlRacersWithThreeGates() throws Exception {
        try (var application = new Application();
                var shell = new Shell()) {
            var call = application.curl("broken", "{run}");
            var alone = new ArrayList<Double>();
            var interleaved = new ArrayList<Double>();
            for (int round = 0; round < ROUNDS; round++) {
                alone.add(millis(() -> oneAfterTheOther(shell, call)) / INTERLEAVINGS);
                var one = millis(() -> check(call, 1));
                interleaved.add((millis(() -> check(call, INTERLEAVINGS)) - one) / (INTERLEAVINGS - 1));
            }
            var added = new ArrayList<Double>();
            for (int i = 0; i < ROUNDS; i++) {
                added.add(interleaved.get(i) - alone.get(i));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%n| two commands one after the other | an interleaving of the two | added |%n|---|---|---|%n"
                            + "| %.1f ms | %.1f ms | %.1f ms (%.1f to %.1f) |%n%n",
                    median(alone), median(interleaved), median(added), added.stream().sorted().toList().get(1),
                    added.stream().sorted().toList().get(ROUNDS - 2));
        }
    }

    private static Object oneAfterTheOther(Shell shell, String call) throws Exception {
        for (int i = 0; i < INTERLEAVINGS; i++) {
            var run = Run.fresh();
            shell.run(Placeholders.fill(call, run, "1"));
            shell.run(Placeholders.fill(call, run, "2"));
        }
        return shell;
    }

    private static Object check(String call, int interleavings) {
        var run = CommandRun.run(
                "check", "--racer", call, "--racer", call, "--max-interleavings", String.valueOf(interleavings));
        assertThat(run.out()).contains("of " + interleavings + " interleaving");
        return run;
    }

    private static double millis(Callable<?> work) throws Exception {
        var start = System.nanoTime();
        work.call();
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
