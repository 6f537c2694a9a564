package com.example.races.protection;

import static com.example.races.protection.Protection.code;
import static com.example.races.protection.Protection.column;
import static com.example.races.protection.Protection.constraint;
import static com.example.races.protection.Protection.key;
import static com.example.races.protection.Protection.words;

import com.example.provisioning.login.Login;
import com.example.provisioning.workspace.job.JobRunner;
import java.util.List;
import java.util.stream.Stream;

/** Every protection of the application, with the race that proves it and what must go red. */
final class Protections {

    private static final String TWO_COLLEAGUES =
            "firstlogin.FirstLogin01TwoColleaguesTests#twoFirstLoginsOfOneNewCompanyLeaveOneOrganization";
    private static final String TWO_TABS = "firstlogin.FirstLogin02TwoTabsTests#onePersonInTwoTabsIsOneUser";
    private static final String DEFAULT_WORKSPACE =
            "firstlogin.FirstLogin06DefaultWorkspaceTests#theDefaultWorkspaceHasOneIdentifier";
    private static final String NOTHING_OF_A_PROJECT_THAT_IS_GONE =
            "protection.Protection02PastTheApplicationTests#nothingIsWrittenForAProjectThatIsGone";

    private Protections() {}

    static List<Protection> all() {
        return Stream.of(
                        identifiers(),
                        collisions(),
                        organizations(),
                        people(),
                        projects(),
                        requests(),
                        leases(),
                        bookings(),
                        Comparisons.all().stream().map(Comparison::asProtection).toList())
                .flatMap(List::stream)
                .toList();
    }

    /** Without one of them the other constraint of its table is violated, see {@link Protection01SecondLayerTests}. */
    private static List<Protection> identifiers() {
        return List.of(
                identifiersOf(
                        "organization",
                        "firstlogin.FirstLogin03RandomIdentifiersTests"
                                + "#identifiersThatFollowFromTheNameCollideAndAreCaught",
                        none("organization_pkey", "organization")),
                identifiersOf("default workspace", DEFAULT_WORKSPACE, none("workspace_pkey", "workspace")),
                identifiersOf("user", TWO_TABS, none("app_user_pkey", "app_user")));
    }

    private static List<Protection> collisions() {
        return List.of(
                retryAfter("23505", TWO_COLLEAGUES, "Expected 2 rows on app_user, but the database says 1"),
                retryAfter(
                        "23503",
                        "firstlogin.FirstLogin10DeletionTests#whoComesAfterTheDeletionFoundsTheCompanyAnew",
                        "Expected 0 rows on organization, but the database says -1"),
                retryAfter(
                        "40P01",
                        "firstlogin.FirstLogin08OppositeOrderTests#theApplicationSurvivesAnImportInTheOppositeOrder",
                        "but login threw org.springframework.web.client.HttpServerErrorException"),
                retryAfter(
                        "40001",
                        "firstlogin.FirstLogin07TheWinnerDiesTests#whoMustStartOverIsTheSecond",
                        "Expected 3 attempted on organization, but the database says 2"));
    }

    private static List<Protection> organizations() {
        return List.of(
                constraint("organization_pkey", TWO_COLLEAGUES, none("organization_pkey", "organization")),
                constraint(
                        "organization_key_unique",
                        "protection.Protection01SecondLayerTests#theKeyOfTheOrganizationIsUnique",
                        none("organization_key_unique", "organization")),
                constraint(
                        "organization_key_normalised",
                        "firstlogin.FirstLogin04SpellingsTests#aCheckOnTheKeyRefusesTheRawNames",
                        "Expected 1 rows on organization, but the database says 5"),
                constraint("workspace_pkey", DEFAULT_WORKSPACE, none("workspace_pkey", "workspace")),
                constraint(
                        "workspace_one_default",
                        "protection.Protection01SecondLayerTests#theDefaultWorkspaceIsOne",
                        none("workspace_one_default", "workspace")),
                constraint(
                        "membership_one_founder",
                        "firstlogin.FirstLogin05FirstOwnerTests#whoCountsAgainAfterTheViolationBecomesAMember",
                        "[owners] expected: 1L but was: 2L"),
                constraint(
                        "membership_organization_fkey",
                        "firstlogin.FirstLogin10DeletionTests#whoComesBeforeTheDeletionStopsIt",
                        "Expected 0 rows on organization, but the database says -1"),
                constraint(
                        "organization_has_an_owner",
                        "protection.Protection02PastTheApplicationTests#aCheckLeavesOneOwner",
                        "[owners that are left] expected: 1 but was: 0"),
                code(
                        "one order for a login and the directory",
                        application -> TakenAway.order(
                                application.getBean("directory"), "organization", "workspace", "app_user"),
                        "firstlogin.FirstLogin09TwoChannelsTests#oneOrderForBothChannelsCannotDeadlock",
                        "[deadlocks] expected: 0L but was: "),
                column(
                        "the count of owners, when one leaves",
                        "organization.owners",
                        "greatest(old.owners, new.owners)",
                        "membership.Membership01TwoOwnersLeaveTests#theApplicationLetsOneLeave",
                        "Expected -1 rows on membership, but the database says -2"),
                words(
                        "the role of whoever demotes somebody, looked at again",
                        "members",
                        "select role from membership",
                        "select 'OWNER' from membership",
                        "membership.Membership03DemotedByEachOtherTests#whoIsNoOwnerAnyMoreDemotesNobody",
                        "[owners that are left] expected: 2L but was: 1L"),
                constraint(
                        "organization_seats_suffice",
                        "seat.Seat04FewerSeatsTests#aSeatThatIsTakenStays",
                        "expected: \"409 seats-taken\" but was: \"200\""),
                column(
                        "the count of seats",
                        "organization.seats_taken",
                        "old.seats_taken",
                        "seat.Seat01LastSeatTests#theApplicationLetsOneIn",
                        "Expected 1 rows on membership, but the database says 2"));
    }

    private static List<Protection> people() {
        return List.of(
                constraint("app_user_pkey", TWO_TABS, none("app_user_pkey", "app_user")),
                constraint(
                        "app_user_issuer_subject_unique",
                        "protection.Protection01SecondLayerTests#aPersonIsOneUser",
                        none("app_user_issuer_subject_unique", "app_user")),
                constraint(
                        "membership_pkey",
                        "seat.Seat02InvitationTwiceTests#whoLooksAndThenTakesItFailsOneTab",
                        none("membership_pkey", "membership")),
                column(
                        "an invitation that is good once",
                        "invitation.accepted_by",
                        "null",
                        "seat.Seat02InvitationTwiceTests#oneOfTwoPeopleGetsIn",
                        "Expected 1 attempted on membership, but the database says 2"),
                constraint(
                        "app_user_handle_unique",
                        "handle.Handle01OneHandleTests#theApplicationSaysWhoseItIsNot",
                        none("app_user_handle_unique", "app_user")),
                constraint(
                        "app_user_contact_email_key_unique",
                        "handle.Handle02OneAddressTests#theApplicationKnowsTheAddressInEverySpelling",
                        none("app_user_contact_email_key_unique", "app_user")),
                constraint(
                        "app_user_contact_email_key_normalised",
                        "handle.Handle02OneAddressTests#aCheckOnTheKeyRefusesTheAddressAsTyped",
                        "[people with this address] expected: 1L but was: 2L"),
                words(
                        "a member who is removed once",
                        "members",
                        "delete from membership where",
                        "update membership set seat = seat where",
                        "seat.Seat06GivenBackTwiceTests#whoseDeleteFindsHerGivesTheSeatBack",
                        "[seats that are counted] expected: 1 but was: 0"));
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

    private static Protection identifiersOf(String kind, String race, String red) {
        return code(
                "the identifier of the " + kind + " that follows from names",
                application -> TakenAway.identifiersOf(kind),
                race,
                red);
    }

    private static Protection retryAfter(String sqlState, String race, String red) {
        return code(
                "the retry of the login after " + sqlState,
                application -> TakenAway.retryOf(application.getBean(Login.class), sqlState),
                race,
                red);
    }

    private static String none(String constraint, String table) {
        return "Expected 1 unique violations of %s on %s, but the database says 0".formatted(constraint, table);
    }

    private static String oneOfNothing(String table) {
        return "Expected 0 rows on %s, but the database says 1".formatted(table);
    }
}
