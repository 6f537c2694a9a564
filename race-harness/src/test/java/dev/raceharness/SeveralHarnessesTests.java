package dev.raceharness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Harnesses that share a database: of several threads, of several builds, and of builds that were killed. */
class SeveralHarnessesTests {

    private static final int RACES = 8;

    private List<String> before;
    private List<String> locksBefore;

    @BeforeEach
    void table() {
        Tenants.create();
        before = Catalog.of(Playground.unarmed());
        locksBefore = Catalog.advisoryLocks(Playground.unarmed());
    }

    private static long exactRaces(String names) {
        try (var harness = RaceHarness.open(Playground.owner())) {
            return IntStream.range(0, RACES)
                    .mapToObj(i -> Tenants.raceFor(names + i, harness.race(), Playground.unarmed()).run())
                    .filter(Tenants::isForcedAndExact)
                    .count();
        }
    }

    @Test
    void harnessesOfTwoThreadsTakeTurns() throws Exception {
        var threads = Executors.newFixedThreadPool(2);
        try {
            var races = threads.<Long>invokeAll(List.of(() -> exactRaces("first "), () -> exactRaces("second ")));

            assertThat(races).extracting(race -> race.get()).containsExactly((long) RACES, (long) RACES);
        } finally {
            threads.shutdown();
        }
        assertThat(Catalog.of(Playground.unarmed())).isEqualTo(before);
    }

    @Test
    void harnessesOfTwoProcessesTakeTurns() throws Exception {
        var other = HarnessProcess.racing(RACES);
        try (var output = other.inputReader()) {
            assertThat(exactRaces("here ")).isEqualTo(RACES);

            assertThat(other.waitFor(60, TimeUnit.SECONDS)).as("the other ended in time").isTrue();
            assertThat(output.lines().collect(Collectors.joining("\n"))).isEqualTo(RACES + " of " + RACES + " forced");
        } finally {
            other.destroyForcibly();
        }
        assertThat(Catalog.of(Playground.unarmed())).isEqualTo(before);
    }

    @Test
    void aLivingHarnessIsLeftAlone() {
        try (var living = RaceHarness.open(Playground.owner())) {
            Tenants.raceFor("first", living.race(), Playground.unarmed()).run();
            var installed = Catalog.of(Playground.unarmed());

            Tenants.raceFor("second", Race.on(Playground.owner()), Playground.unarmed()).run();

            assertThat(Catalog.of(Playground.unarmed())).isEqualTo(installed);
            assertThat(Tenants.raceFor("third", living.race(), Playground.unarmed()).run())
                    .matches(Tenants::isForcedAndExact);
        }
    }

    /** Sessions ask at the gates of each harness whether it is its turn. That is nothing by which racers meet. */
    @Test
    void anotherHarnessAddsNothingToAnExploration() {
        try (var other = RaceHarness.open(Playground.owner());
                var exploring = RaceHarness.open(Playground.owner())) {
            var alone = insertsExplored(exploring);
            Tenants.raceFor("somebody", other.race(), Playground.unarmed()).run();

            assertThat(insertsExplored(exploring)).as("interleavings beside it").isEqualTo(alone);
        }
    }

    private static List<String> insertsExplored(RaceHarness harness) {
        Run.Action insert = run -> Tenants.insert(run.token() + UUID.randomUUID(), Playground.unarmed());
        return harness
                .race()
                .armedBy(Arming.everySession())
                .racer("ada", insert)
                .racer("ben", insert)
                .explore()
                .interleavings()
                .stream()
                .map(explored -> explored.schedule().toString())
                .toList();
    }

    @Test
    void whenTheHarnessIsKilledItsRacersGoOnAndTheNextHarnessTidiesUp() throws Exception {
        var killed = HarnessProcess.holdingForever();
        var threads = Executors.newFixedThreadPool(2);
        try (var output = killed.inputReader()) {
            var racers = new ArrayList<Future<String>>();
            for (var name : List.of("held ada", "held ben")) {
                // Each of its racers says so when it is started: whoever came before that would be a stranger.
                assertThatItsGateIsShut(output);
                racers.add(threads.submit(() -> Tenants.insert(name, Playground.unarmed())));
                assertThat(Patience.await(Duration.ofSeconds(10), () -> held().size() == racers.size()))
                        .as("%s is held", name)
                        .isTrue();
            }

            killed.destroyForcibly();

            for (var racer : racers) {
                assertThat(racer.get(10, TimeUnit.SECONDS)).startsWith("held ");
            }
            assertThat(Catalog.of(Playground.unarmed())).as("what it left behind").isNotEqualTo(before);
            assertThat(Tenants.raceFor("acme", Race.on(Playground.owner()), Playground.unarmed()).run())
                    .matches(Tenants::isForcedAndExact);
            assertThat(Catalog.of(Playground.unarmed())).isEqualTo(before);
            assertThat(Catalog.advisoryLocks(Playground.unarmed())).isEqualTo(locksBefore);
        } finally {
            killed.destroyForcibly();
            threads.shutdownNow();
        }
    }

    private static void assertThatItsGateIsShut(BufferedReader output) throws IOException {
        assertThat(output.readLine()).isEqualTo("shut");
    }

    private static List<String> held() {
        return Catalog.strings(
                Playground.unarmed(),
                "SELECT pid::text FROM pg_stat_activity WHERE wait_event = 'advisory' AND datname = current_database()");
    }
}
