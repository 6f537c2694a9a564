package dev.raceharness.benchmark;

import dev.raceharness.Playground;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Prints the first tables of docs/benchmarks.md, which says by which command. */
@Tag("benchmark")
class BenchmarkTests {

    @Test
    void measure() throws RunnerException {
        var races = run(RaceBenchmarks.class);
        var barriers = run(BarrierBenchmarks.class);
        var explored = run(ExplorationBenchmarks.class);
        var luck = run(PlainConcurrencyBenchmarks.class);

        var table = new ArrayList<String>();
        table.add("| racers | one after the other | barrier by hand | ratio | forced, with evidence | ratio"
                + " | `run()` from cold |");
        table.add("|---|---|---|---|---|---|---|");
        for (var racers : List.of("2", "32", "100")) {
            var serial = median(races, "oneAfterTheOther", racers);
            var byHand = median(barriers, "byHand", racers);
            var forced = median(races, "forced", racers);
            table.add(line("| %s | %.2f ms | %.2f ms | %.1f | %.2f ms | %.1f | %.0f ms |",
                    racers, serial, byHand, byHand / serial, forced, forced / serial, median(races, "fromCold", racers)));
        }
        table.add("");
        table.add("| %d interleavings of two racers with three gates | all | each |"
                .formatted(ExplorationBenchmarks.INTERLEAVINGS));
        table.add("|---|---|---|");
        for (var benchmark : List.of("explore", "isolationtester")) {
            var all = median(explored, benchmark);
            table.add(line("| %s | %.0f ms | %.1f ms |", benchmark, all, all / ExplorationBenchmarks.INTERLEAVINGS));
        }
        table.add("");
        table.add("| two threads, no harness, started within | tries | both inserted |");
        table.add("|---|---|---|");
        for (var result : luck) {
            var tries = result.getSecondaryResults().get("tries").getScore();
            table.add(line("| %s ms | %.0f | %.1f %% |",
                    result.getParams().getParam("jitterMillis"), tries,
                    100 * result.getSecondaryResults().get("hits").getScore() / tries));
        }
        System.out.println("\n" + Playground.database().description() + "\n\n" + String.join("\n", table) + "\n");
    }

    private static Collection<RunResult> run(Class<?> benchmarks) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(benchmarks.getName().replace(".", "\\.") + "\\..*")
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(2))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .jvmArgsAppend(Server.jvmArguments())
                        .build())
                .run();
    }

    private static double median(Collection<RunResult> results, String benchmark, String racers) {
        return median(
                results.stream()
                        .filter(result -> result.getParams().getParam("racers").equals(racers))
                        .toList(),
                benchmark);
    }

    private static double median(Collection<RunResult> results, String benchmark) {
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().endsWith("." + benchmark))
                .mapToDouble(result -> result.getPrimaryResult().getStatistics().getPercentile(50) / 1000)
                .findFirst()
                .orElseThrow();
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
