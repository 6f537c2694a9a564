package dev.raceharness;

import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.Playground.armed;
import static dev.raceharness.Playground.race;
import static dev.raceharness.Playground.sql;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallGateTests {

    interface Names {
        boolean taken(String name);

        void take(String name);
    }

    private final Map<String, Integer> taken = new ConcurrentHashMap<>();
    private final AtomicInteger reads = new AtomicInteger();

    private final Names names = new Names() {
        @Override
        public boolean taken(String name) {
            reads.incrementAndGet();
            return taken.containsKey(name);
        }

        @Override
        public void take(String name) {
            taken.merge(name, 1, Integer::sum);
        }
    };

    private static Callable<String> checkThenAct(Names names, String name) {
        return () -> {
            if (names.taken(name)) {
                return "refused";
            }
            names.take(name);
            return "taken";
        };
    }

    @Test
    void afterTheReadAllHaveSeenNothing() {
        var gate = CallGate.after(Names.class, names, "taken");
        var outcome = race().holdAt(gate)
                .racer("ada", checkThenAct(gate.proxy(), "acme"))
                .racer("ben", checkThenAct(gate.proxy(), "acme"))
                .racer("cyd", checkThenAct(gate.proxy(), "acme"))
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).everyRacerReturnedTheSame();
        assertThat(taken).containsEntry("acme", 3);
    }

    @Test
    void beforeTheReadReleasedInOrderIsSerial() {
        var gate = CallGate.before(Names.class, names, "taken");
        var outcome = race().holdAt(gate)
                .racer("ada", checkThenAct(gate.proxy(), "acme"))
                .racer("ben", checkThenAct(gate.proxy(), "acme"))
                .release(Schedule.inOrder("ben", "ada"))
                .run();
        assertThat(outcome.racer("ben").value()).isEqualTo("taken");
        assertThat(outcome.racer("ada").value()).isEqualTo("refused");
    }

    @Test
    void otherKeysPass() {
        var gate = CallGate.after(Names.class, names, "taken").when(arguments -> arguments[0].equals("acme"));
        var outcome = race().holdAt(gate)
                .racer("ada", () -> checkThenAct(gate.proxy(), "other").call() + checkThenAct(gate.proxy(), "acme").call())
                .racer("ben", checkThenAct(gate.proxy(), "acme"))
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED);
        assertThat(WriteGateTests.arrivals(outcome, "ada")).isEqualTo(1);
        assertThat(taken).containsEntry("acme", 2).containsEntry("other", 1);
    }

    @Test
    void whoReadsTwiceIsHeldTwice() {
        var gate = CallGate.before(Names.class, names, "taken");
        var outcome = race().holdAt(gate)
                .racer("ada", () -> !gate.proxy().taken("acme") && checkThenAct(gate.proxy(), "acme").call().equals("refused"))
                .racer("ben", checkThenAct(gate.proxy(), "acme"))
                .release(Schedule.steps("ada:taken ben:taken ada:taken"))
                .run();
        assertThat(WriteGateTests.arrivals(outcome, "ada")).isEqualTo(2);
        // the second read came after ben had taken the name
        assertThat(outcome.racer("ada").value()).isEqualTo(true);
    }

    @Test
    void aReadThatIsAnsweredByACacheNeverArrives() {
        var gate = CallGate.after(Names.class, names, "taken");
        var cached = Optional.of(false);
        var failure = catchThrowableOfType(RaceNotForcedException.class, () -> race().holdAt(gate)
                .racer("ada", checkThenAct(gate.proxy(), "acme"))
                .racer("ben", () -> cached.get() ? "refused" : "taken")
                .run());
        assertThat(failure.verdict()).isEqualTo(Verdict.NOT_REACHED);
        assertThat(failure)
                .hasMessageContaining("1 of 2 racers reached the gate \"after Names.taken\"")
                .hasMessageContaining("ben  finished without it  returned taken");
    }

    @Test
    void outsideARaceEverybodyPasses() throws Exception {
        var gate = CallGate.before(Names.class, names, "taken");
        assertThat(checkThenAct(gate.proxy(), "acme").call()).isEqualTo("taken");
    }

    @Test
    void aFailureOfTheTargetReachesTheCallerAsItIs() {
        var gate = CallGate.before(
                Callable.class,
                () -> {
                    throw new IOException("disk full");
                },
                "call");
        assertThatThrownBy(() -> gate.proxy().call()).isInstanceOf(IOException.class).hasMessage("disk full");
    }

    @Test
    void togetherWithAGateInTheDatabase() {
        sql("CREATE TABLE call_gate (id int PRIMARY KEY)");
        var gate = CallGate.after(Names.class, names, "taken");
        Callable<String> checkThenInsert = () -> {
            gate.proxy().taken("acme");
            return armed("INSERT INTO call_gate VALUES (1)").call();
        };
        var outcome = race().holdAt(gate, beforeInsertOn("call_gate"))
                .racer("ada", checkThenInsert)
                .racer("ben", checkThenInsert)
                .release(Schedule.steps("ada:after-taken ben:after-taken ben:call_gate ada:call_gate"))
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).on("call_gate").attempted(2).uniqueViolations(1).rows(1);
        assertThat(outcome.racer("ben").succeeded()).isTrue();
    }

    /** A race outside the database: is the file there, else create it. */
    @Test
    void aFileThatIsCreatedAfterALookWhetherItExists(@TempDir Path directory) {
        interface Look {
            boolean exists(Path file);
        }
        var file = directory.resolve("acme");
        var gate = CallGate.after(Look.class, Files::exists, "exists");
        Callable<String> create = () -> {
            if (gate.proxy().exists(file)) {
                return "there";
            }
            Files.writeString(file, "", StandardOpenOption.CREATE_NEW);
            return "created";
        };
        var outcome = race().holdAt(gate).racer("ada", create).racer("ben", create).release(Schedule.inOrder()).run();
        assertThat(outcome).hasVerdict(Verdict.FORCED);
        assertThat(outcome.racer("ada").value()).isEqualTo("created");
        assertThat(outcome.racer("ben").failure()).containsInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void aDatabaseFaultIsRefusedOutsideATransaction() {
        var gate = CallGate.before(Names.class, names, "taken");
        assertThatThrownBy(() -> race().holdAt(gate)
                        .racer("ada", checkThenAct(gate.proxy(), "acme"))
                        .racer("ben", checkThenAct(gate.proxy(), "acme"))
                        .fault("ada", Fault.terminateBackend())
                        .run())
                .isInstanceOf(RaceSetupException.class)
                .hasMessageContaining("not known to be in a transaction");
    }

    @Test
    void whatCannotBeGatedIsRefused() {
        assertThatThrownBy(() -> CallGate.before(String.class, "", "length"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.String is no interface");
        assertThatThrownBy(() -> CallGate.before(Names.class, names, "taekn"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no method taekn");
    }
}
