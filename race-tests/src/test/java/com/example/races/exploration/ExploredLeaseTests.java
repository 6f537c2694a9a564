package com.example.races.exploration;

import static com.example.races.Endings.endingsOf;
import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.afterWriteOn;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.Answer;
import com.example.races.Colleague;
import com.example.races.Endings;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import dev.raceharness.Fault;
import dev.raceharness.Race;
import dev.raceharness.Run;
import dev.raceharness.junit.RaceExtension;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Leases in every interleaving.
 *
 * <p>Anomaly: check-then-act, wherever it may be: whatever no order of the same steps, one after the other, leads to, such as
 * two holders, a token twice, or a lease that is free although somebody was told that it is theirs. The gates stand before
 * and after each write and before the commit of the lease, because nowhere else can they meet: the harness finds them. The
 * database must show one holder with a token that nobody else has.
 *
 * <p>In the wild: two schedulers that each believe to be the leader, for as long as a lease lasts.
 */
@RaceTest
class ExploredLeaseTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    @Autowired
    Logins logins;

    @Autowired
    Transactions transactions;

    private Colleague ada;
    private Colleague ben;

    @BeforeEach
    void twoColleagues() {
        var company = Logins.newCompany();
        ada = Colleague.signIn(logins, Newcomer.of(company, "Ada"));
        ben = Colleague.signIn(logins, Newcomer.of(company, "Ben"));
    }

    private static Run.Action take(Colleague who) {
        return run -> ask(who, run).toString();
    }

    private static Answer ask(Colleague who, Run run) {
        return who.post(Map.of("seconds", 60), "/leases/{name}", run.token());
    }

    private static Run.Action release(Colleague who) {
        return run -> who.delete("/leases/{name}?token=1", run.token()).toString();
    }

    private Object whoHoldsIt(Run run) {
        var lease = ada.get("/leases/{name}", run.token());
        var holder = lease.at("/holder").equals(ada.user().toString()) ? "ada" : "ben";
        return holder + " " + lease.at("/token") + " " + lease.at("/held");
    }

    /** Broken: taken if it was not there when somebody looked. */
    @Test
    void whoLooksFirstSharesIt(Race race) {
        var witness = race.racer("ada", lookAndTake(ada))
                .racer("ben", lookAndTake(ben))
                .atMost(3)
                .explore()
                .assertAnomaly();

        assertThat(witness.outcome().results().values()).as("what both are told").containsOnly("returned it is yours");
    }

    private Run.Action lookAndTake(Colleague who) {
        return run -> transactions.in(() -> {
            boolean there = transactions.sql("select exists (select from lease where workspace_id = ? and name = ?)")
                    .params(ada.workspace(), run.token()).query(Boolean.class).single();
            return there
                    ? "somebody has it"
                    : transactions.sql("""
                                    insert into lease (workspace_id, name, holder, expires_at)
                                    values (?, ?, ?, now() + interval '1 minute')
                                    on conflict (workspace_id, name) do update set holder = excluded.holder
                                    returning 'it is yours'
                                    """)
                            .params(ada.workspace(), run.token(), who.user()).query(String.class).single();
        });
    }

    /** Fixed: whatever the interleaving, one has it and the other is told. */
    @Test
    void twoTakeANewLease(Race race) {
        var exploration = twoTakeIt(race).explore().assertSerializable();

        endingsOf(exploration)
                .areExactly("ada 200; ben 409 lease-taken; ada 1 true", "ada 409 lease-taken; ben 200; ben 1 true");
    }

    private Race twoTakeIt(Race race) {
        return race.racer("ada", take(ada)).racer("ben", take(ben)).observe(this::whoHoldsIt);
    }

    /** Fixed: it is free in between, or it is not. */
    @Test
    void oneGivesItBackWhileAnotherOneTakesIt(Race race) {
        var exploration = race.before(run -> ask(ada, run).mustBe("200"))
                .racer("ada", release(ada))
                .racer("ben", take(ben))
                .observe(this::whoHoldsIt)
                .explore()
                .assertSerializable();

        endingsOf(exploration)
                .areExactly("ada 204; ben 200; ben 2 true", "ada 204; ben 409 lease-taken; ada 1 false");
    }

    /** Fixed: the same for each kind of fault, at each gate. */
    @WithEveryFault
    void twoTakeALeaseAndAnythingHappensToOne(Fault fault, Race race) {
        twoTakeIt(race).withFault(fault).explore().assertSerializable();
    }

    /** Fixed: who loses the session after the write does not have it. */
    @Test
    void twoTakeALeaseAndOneLosesItsSession(Race race) {
        twoTakeIt(race)
                .holdAt(afterWriteOn("lease"))
                .withFault(Fault.terminateBackend())
                .forbid("an answer of 500", Endings::haveA500)
                .explore()
                .assertSerializable();
    }
}
