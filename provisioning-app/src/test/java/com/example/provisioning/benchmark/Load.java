package com.example.provisioning.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;

/** Some callers, each of whom calls again as soon as it has its answer. */
record Load(int callers, Duration warmUp, Duration measured) {

    /** @param worst of hundred, in microseconds: 99 of 100 calls took no longer */
    record Figures(double perSecond, long median, long worst) {

        static Figures median(List<Figures> rounds) {
            return rounds.stream().sorted((one, other) -> Double.compare(one.perSecond, other.perSecond)).toList()
                    .get(rounds.size() / 2);
        }
    }

    Figures of(Runnable call) throws Exception {
        run(call, warmUp);
        var took = run(call, measured).sorted().toArray();
        return new Figures(
                took.length / (measured.toNanos() / 1e9), took[took.length / 2] / 1000, took[took.length * 99 / 100] / 1000);
    }

    private LongStream run(Runnable call, Duration time) throws Exception {
        var until = System.nanoTime() + time.toNanos();
        Callable<long[]> caller = () -> {
            var took = new long[1 << 20];
            var calls = 0;
            for (long now = System.nanoTime(); now < until && calls < took.length; ) {
                call.run();
                var then = System.nanoTime();
                took[calls++] = then - now;
                now = then;
            }
            return Arrays.copyOf(took, calls);
        };
        var threads = Executors.newFixedThreadPool(callers);
        try {
            var all = new ArrayList<Callable<long[]>>();
            for (int i = 0; i < callers; i++) {
                all.add(caller);
            }
            var took = LongStream.empty();
            for (var one : threads.invokeAll(all)) {
                took = LongStream.concat(took, LongStream.of(one.get()));
            }
            return took;
        } finally {
            threads.shutdown();
        }
    }
}
