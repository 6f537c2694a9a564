package com.example.races.audit;

import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.Gate.beforeUpdateOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.Answer;
import com.example.races.Colleague;
import com.example.races.Logins;
import com.example.races.Loser;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import com.example.races.WithoutConstraints;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.junit.RaceExtension;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * TEST-RC-001: "generate" is clicked twice.
 *
 * <p>Anomaly: check-then-act. Both clicks ask "is a job active?", both hear no, both insert one. The gate stands on
 * the INSERT of the job, after the question. The database must show 2 INSERTs attempted, 1 job and 1 place in the queue;
 * both clicks get the same job.
 *
 * <p>In the wild: orders and e-mails that go out twice, "only when the network is slow"; a button that is disabled by
 * the first click helps the user and not the server.
 */
@RaceTest
class Audit001DoubleClickTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final Logins logins;
    private final Transactions transactions;
    private Colleague ada;
    private UUID project;

    Audit001DoubleClickTests(@Autowired Logins logins, @Autowired Transactions transactions) {
        this.logins = logins;
        this.transactions = transactions;
    }

    @BeforeEach
    void aProject() {
        ada = Colleague.ofNewCompany(logins);
        project = ada.post(Map.of("name", "Engine"), "/projects").id();
    }

    /** Broken: the question in the code is all there is. Two jobs, and the work is done twice. */
    @Test
    void whoAsksFirstStartsTwoJobs(Race race) {
        try (var gone = WithoutConstraints.named("generation_job_one_active")) {
            var outcome = twoClicks(race, this::askAndStart);

            assertThat(outcome).on("generation_job").attempted(2).uniqueViolations(0).rows(2);
            assertThat(outcome).everyRacerSucceeded();
        }
    }

    /** Half fixed: a partial unique index allows one active job, and the second click gets an error. */
    @Test
    void theIndexAloneAnswersTheSecondClickWithAnError(Race race) {
        var outcome = twoClicks(race, this::askAndStart);

        assertThat(outcome)
                .on("generation_job").attempted(2).uniqueViolationsOf("generation_job_one_active", 1).rows(1);
        assertThat(Loser.of(outcome).sqlState()).isEqualTo("23505");
    }

    /** Fixed: the second click waits at the index, and gets the job of the first. */
    @Test
    void bothClicksGetTheSameJob(Race race) {
        var outcome = twoClicks(race, () -> ada.post(Map.of("kind", "SUMMARY"), "/projects/{id}/jobs", project));

        assertThat(outcome).on("generation_job").attempted(2).uniqueViolations(0).rows(1);
        assertThat(outcome).on("scheduled_tasks").rows(1);
        assertThat(outcome).everyRacerReturnedTheSame();
        assertThat(outcome.racer("second").value()).hasToString("202");
    }

    /** Fixed: two who ask anew at the same time supersede the same old job, and share the new one. */
    @Test
    void bothWhoAskAnewGetTheSameNewJob(Race race) {
        var anew = Map.of("kind", "SUMMARY", "anew", true);
        var old = ada.post(anew, "/projects/{id}/jobs", project).id();

        var outcome = race.holdAt(beforeUpdateOn("generation_job"))
                .watch("scheduled_tasks")
                .racer("first", () -> ada.post(anew, "/projects/{id}/jobs", project))
                .racer("second", () -> ada.post(anew, "/projects/{id}/jobs", project))
                .run();

        assertThat(outcome).on("generation_job").rows(1).on("scheduled_tasks").rows(1);
        assertThat(outcome).everyRacerReturnedTheSame();
        assertThat(((Answer) outcome.racer("first").value()).id()).isNotEqualTo(old);
    }

    private static Outcome twoClicks(Race race, Callable<?> click) {
        return race.holdAt(beforeInsertOn("generation_job"))
                .watch("scheduled_tasks")
                .racer("first", click)
                .racer("second", click)
                .run();
    }

    private int askAndStart() {
        return transactions.in(() -> {
            boolean active = transactions
                    .sql("select exists (select from generation_job where project_id = ? and state = 'ACTIVE')")
                    .param(project)
                    .query(Boolean.class)
                    .single();
            return active
                    ? 0
                    : transactions.sql("insert into generation_job (id, project_id, kind) values (?, ?, 'SUMMARY')")
                            .params(UUID.randomUUID(), project)
                            .update();
        });
    }
}
