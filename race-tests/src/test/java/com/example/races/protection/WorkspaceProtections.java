package com.example.races.protection;

import static com.example.races.protection.Protection.code;
import static com.example.races.protection.Protection.column;
import static com.example.races.protection.Protection.constraint;
import static com.example.races.protection.Protection.key;
import static com.example.races.protection.Protection.words;

import com.example.provisioning.workspace.job.JobRunner;
import java.util.List;
import java.util.stream.Stream;

/** Those of {@link Protections} that are about the work in a workspace: projects, jobs, requests, leases and bookings. */
final class WorkspaceProtections {

    private static final String NOTHING_OF_A_PROJECT_THAT_IS_GONE =
            "protection.Protection02PastTheApplicationTests#nothingIsWrittenForAProjectThatIsGone";

    private WorkspaceProtections() {}

    static List<Protection> all() {
        return Stream.of(projects(), requests(), leases(), bookings()).flatMap(List::stream).toList();
    }

    private static List<Protection> projects() {
        return List.of(
                column(
                        "the version of a document",
                        "document.version",
                        "old.version",
                        "audit.Audit002TwoTabsTests#whoReadAnOlderVersionIsToldWhatIsThereNow",
                        "Expecting actual: [\"200\", \"200\"]"),
                column(
                        "the version of a project",
                        "project.version",
                        "old.version",
                        "audit.Audit003TwoUsersTests#ofTheSameFieldOneIsToldThatItChanged",
                        "Expecting actual: [\"200\", \"200\"]"),
                column(
                        "the version of an asset",
                        "asset.version",
                        "old.version",
                        "audit.Audit005BulkTests#theBulkWinsAndTheUserIsTold",
                        "\"409 asset-changed\" but was: \"200\""),
                constraint("asset_project_fkey", NOTHING_OF_A_PROJECT_THAT_IS_GONE, oneOfNothing("asset")),
                constraint(
                        "generation_job_project_fkey",
                        NOTHING_OF_A_PROJECT_THAT_IS_GONE,
                        oneOfNothing("generation_job")),
                constraint("generated_project_fkey", NOTHING_OF_A_PROJECT_THAT_IS_GONE, oneOfNothing("generated")),
                column(
                        "the count of assets, from what is there now",
                        "project.asset_count",
                        "(select asset_count from project where id = old.id) + new.asset_count - old.asset_count",
                        "audit.Audit006CounterTests#oneMoreIsCountedByTheDatabase",
                        "[assets that were counted] expected: 3 but was: 1"),
                words(
                        "an asset that is removed once",
                        "assets",
                        "delete from asset where",
                        "update asset set version = version where",
                        "audit.Audit006CounterTests#oneAssetThatIsRemovedTwiceIsCountedOnce",
                        "[assets that are counted] expected: 1 but was: 0"));
    }

    private static List<Protection> requests() {
        return List.of(
                projectFirst("when a job ends", "jobRunner"),
                projectFirst("when one is started", "projects"),
                code(
                        "one transaction for the end of a job and its text",
                        application -> TakenAway.transaction(application.getBean(JobRunner.class)),
                        "audit.Audit004LateJobTests#theEndAndTheTextAreOne",
                        "[the text that stays] expected: \"newer\" but was: \"old\""),
                key(
                        "generation_job_one_active",
                        "generation_job.state",
                        "'DONE'; new.ended_at := now()",
                        "audit.Audit001DoubleClickTests#bothClicksGetTheSameJob",
                        "Expected 1 rows on generation_job, but the database says 2"),
                key(
                        "generated_pkey",
                        "generated.kind",
                        "md5(random()::text)",
                        "protection.Protection02PastTheApplicationTests#twoJobsOfOneKindLeaveOneText",
                        "Expected 1 rows on generated, but the database says 2"),
                constraint(
                        "webhook_delivery_pkey",
                        "dedupe.Dedupe02WebhookTests#itIsAcknowledgedTwiceAndExecutedOnce",
                        "Expected 1 rows on webhook_delivery, but the database says 2"),
                key(
                        "idempotency_key_pkey",
                        "idempotency_key.key",
                        "md5(random()::text)",
                        "dedupe.Dedupe01IdempotencyKeyTests#twoIdenticalRequestsAreExecutedOnceAndAnsweredAlike",
                        "Expected 1 rows on idempotency_key, but the database says 2"));
    }

    private static List<Protection> leases() {
        return List.of(
                key(
                        "lease_pkey",
                        "lease.name",
                        "md5(random()::text)",
                        "audit.Audit007LeaseTests#oneOfTwoTakesANewOne",
                        "Expected 1 rows on lease, but the database says 2"),
                column(
                        "the end of a lease",
                        "lease.expires_at",
                        "clock_timestamp() - interval '1 s'",
                        "audit.Audit007LeaseTests#oneOfTwoTakesItOver",
                        "Expecting actual: [\"200\", \"200\"]"),
                column(
                        "the token of a lease, going up",
                        "lease.token",
                        "old.token",
                        "audit.Audit007LeaseTests#theFirstWindowDoesNotOverwriteTheSecond",
                        "but was: \"late, token 1"));
    }

    private static List<Protection> bookings() {
        return List.of(
                constraint(
                        "resource_not_overbooked",
                        "booking.Booking01LastPlacesTests#theCheckInTheTableStopsItRudely",
                        "Expected 1 rows on booking, but the database says 2"),
                column(
                        "the count of booked places, after the first ones",
                        "resource.booked",
                        "case old.booked when 0 then new.booked else old.booked end",
                        "booking.Booking01LastPlacesTests#oneStatementComparesAndCounts",
                        "Expected 1 attempted on booking, but the database says 2"),
                words(
                        "a booking that is cancelled once",
                        "bookings",
                        "delete from booking b using",
                        "update booking b set places = b.places from",
                        "booking.Booking03CancelledTwiceTests#whoseDeleteFindsItGivesThePlacesBack",
                        "[places that are counted] expected: 5 but was: 2"));
    }

    private static Protection projectFirst(String when, String bean) {
        return words(
                "the project that comes before its jobs, " + when,
                bean,
                "for key share",
                "",
                "audit.Audit003TwoUsersTests#theProjectComesBeforeItsJobs",
                "[deadlocks] expected: 0L but was: 1L");
    }

    private static String oneOfNothing(String table) {
        return "Expected 0 rows on %s, but the database says 1".formatted(table);
    }
}
