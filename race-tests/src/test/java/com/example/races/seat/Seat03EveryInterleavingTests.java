package com.example.races.seat;

import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.afterUpdateOn;
import static dev.raceharness.Gate.beforeInsertOn;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import dev.raceharness.Fault;
import dev.raceharness.Race;
import dev.raceharness.Run;
import dev.raceharness.junit.RaceExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Two guests, two invitations and one seat, in every interleaving of the membership and the count.
 *
 * <p>Anomaly: whatever no order of acceptances, one after the other, leads to. The gates stand before the membership is
 * inserted and after the seat is counted: between the two lies what could be half done. What the database shows must be
 * what one acceptance after the other leaves, also when a session dies after all is written and before the commit.
 */
@RaceTest
class Seat03EveryInterleavingTests {

    /** Of the tokens, which are random. */
    private static final String HASH = "x[0-9a-f]{64}";

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    @Autowired
    Logins logins;

    @Autowired
    Transactions application;

    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    /** Broken: in some of them both count before either has a seat. */
    @Test
    void whoCountsAndThenInsertsGivesItTwice(Race race) {
        var witness = oneSeat(race)
                .holdAt(beforeInsertOn("membership"))
                .racer("ada", run -> count(run, "Ada"))
                .racer("ben", run -> count(run, "Ben"))
                .explore()
                .assertAnomaly();

        assertThat(witness.outcome().rows()).containsEntry("membership", 2L);
    }

    /** Fixed: one gets in, the other is told, and the invitation that was of no use is still good. */
    @Test
    void oneOfThemGetsIn(Race race) {
        acceptances(race.holdAt(beforeInsertOn("membership"), afterUpdateOn("organization")))
                .explore()
                .assertSerializable();
    }

    /** Fixed: no seat is taken by nobody, and no invitation is used up by somebody who is not in. */
    @Test
    void oneOfThemLosesTheSession(Race race) {
        acceptances(race.holdAt(afterUpdateOn("organization")))
                .withFault(Fault.terminateBackend())
                .explore()
                .assertSerializable();
    }

    private Race oneSeat(Race race) {
        return race.ignore(HASH).before(this::invite);
    }

    private Race acceptances(Race race) {
        return oneSeat(race)
                .racer("ada", run -> accept(run, "Ada"))
                .racer("ben", run -> accept(run, "Ben"));
    }

    private Object invite(Run run) {
        var guests = new Guests(logins, of(run, "Owner"));
        guests.host(1);
        for (var guest : List.of("Ada", "Ben")) {
            logins.login(of(run, guest));
            tokens.put(run.token() + guest, guests.invite());
        }
        return run;
    }

    private String accept(Run run, String guest) {
        var guests = new Guests(logins, of(run, "Owner"));
        return guests.accept(of(run, guest), tokens.get(run.token() + guest)).toString();
    }

    private boolean count(Run run, String guest) {
        var host = logins.login(of(run, "Owner")).organization().id();
        return WayToASeat.COUNT.take(application, host, logins.login(of(run, guest)).user().id());
    }

    private static Newcomer of(Run run, String name) {
        return new Newcomer(name + run.token(), name, "Company of " + name + " " + run.token());
    }
}
