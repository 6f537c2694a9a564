package dev.raceharness;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The harness in a JVM of its own, for tests that kill it or let it race against that of the test. */
final class HarnessProcess {

    private static final String HOLDS = "holds";

    private HarnessProcess() {}

    /** A harness whose racers are elsewhere: it shuts its gate and holds two sessions of others until it is killed. */
    static Process holdingForever() throws IOException {
        return start(HOLDS);
    }

    /** A harness that forces this many races. */
    static Process racing(int times) throws IOException {
        return start(String.valueOf(times));
    }

    private static Process start(String task) throws IOException {
        var database = Playground.database();
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HarnessProcess.class.getName(),
                        database.jdbcUrl(),
                        database.username(),
                        database.password(),
                        task)
                .redirectErrorStream(true)
                .start();
    }

    public static void main(String[] arguments) {
        var database = new PGSimpleDataSource();
        database.setUrl(arguments[0]);
        database.setUser(arguments[1]);
        database.setPassword(arguments[2]);
        try (var harness = RaceHarness.open(database)) {
            if (arguments[3].equals(HOLDS)) {
                hold(harness);
            } else {
                race(harness, database, Integer.parseInt(arguments[3]));
            }
        }
    }

    private static void hold(RaceHarness harness) {
        Callable<?> elsewhere = () -> {
            System.out.println("shut");
            new CountDownLatch(1).await();
            return null;
        };
        harness.race()
                .holdAt(Gate.beforeInsertOn("tenant"))
                .armedBy(Arming.everySession())
                .arriveWithin(Duration.ofMinutes(2))
                .racer("first", elsewhere)
                .racer("second", elsewhere)
                .racer("third", elsewhere)
                .run();
    }

    private static void race(RaceHarness harness, DataSource database, int times) {
        var exact = IntStream.range(0, times)
                .mapToObj(i -> Tenants.raceFor("process " + i, harness.race(), database).run())
                .filter(Tenants::isForcedAndExact)
                .count();
        System.out.println(exact + " of " + times + " forced");
    }
}
