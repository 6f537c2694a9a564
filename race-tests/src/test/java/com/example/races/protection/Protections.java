package com.example.races.protection;

import static com.example.races.protection.Protection.code;
import static com.example.races.protection.Protection.column;
import static com.example.races.protection.Protection.constraint;
import static com.example.races.protection.Protection.key;
import static com.example.races.protection.Protection.words;

import com.example.provisioning.login.Login;
import java.util.List;

/** Every protection of the application, with the races that prove it. */
final class Protections {

    private static final String NOTHING_OF_A_PROJECT_THAT_IS_GONE =
            "protection.Protection02PastTheApplicationTests#nothingIsWrittenForAProjectThatIsGone";

    private Protections() {}

    static List<Protection> all() {
        return List.of(
                code(
                        "identifiers that follow from names",
                        application -> TakenAway.identifiersThatFollowFromNames(),
                        "firstlogin.FirstLogin03RandomIdentifiersTests"
                                + "#identifiersThatFollowFromTheNameCollideAndAreCaught"),
                code(
                        "the retry of the login",
                        application -> TakenAway.retryOf(application.getBean(Login.class)),
                        "firstlogin.FirstLogin01TwoColleaguesTests#twoFirstLoginsOfOneNewCompanyLeaveOneOrganization"),
                constraint(
                        "organization_pkey",
                        "firstlogin.FirstLogin01TwoColleaguesTests#twoFirstLoginsOfOneNewCompanyLeaveOneOrganization"),
                constraint(
                        "organization_key_unique",
                        "protection.Protection01SecondLayerTests#theKeyOfTheOrganizationIsUnique"),
                constraint(
                        "organization_key_normalised",
                        "firstlogin.FirstLogin04SpellingsTests#aCheckOnTheKeyRefusesTheRawNames"),
                constraint(
                        "workspace_pkey",
                        "firstlogin.FirstLogin06DefaultWorkspaceTests#theDefaultWorkspaceHasOneIdentifier"),
                constraint(
                        "workspace_one_default", "protection.Protection01SecondLayerTests#theDefaultWorkspaceIsOne"),
                constraint("app_user_pkey", "firstlogin.FirstLogin02TwoTabsTests#onePersonInTwoTabsIsOneUser"),
                constraint(
                        "app_user_issuer_subject_unique", "protection.Protection01SecondLayerTests#aPersonIsOneUser"),
                constraint("membership_pkey", "seat.Seat02InvitationTwiceTests#whoLooksAndThenTakesItFailsOneTab"),
                constraint(
                        "membership_one_founder",
                        "firstlogin.FirstLogin05FirstOwnerTests#whoCountsAgainAfterTheViolationBecomesAMember"),
                constraint(
                        "membership_organization_fkey",
                        "firstlogin.FirstLogin10DeletionTests#whoComesBeforeTheDeletionStopsIt"),
                constraint(
                        "organization_has_an_owner",
                        "protection.Protection02PastTheApplicationTests#aCheckLeavesOneOwner"),
                code(
                        "one order for a login and the directory",
                        application -> TakenAway.order(
                                application.getBean("directory"), "organization", "workspace", "app_user"),
                        "firstlogin.FirstLogin09TwoChannelsTests#oneOrderForBothChannelsCannotDeadlock"),
                column(
                        "the count of owners",
                        "organization.owners",
                        "old.owners",
                        "membership.Membership01TwoOwnersLeaveTests#theApplicationLetsOneLeave"),
                words(
                        "an owner who is counted once",
                        "members",
                        "and role <> :role",
                        "",
                        "membership.Membership02PromotedTwiceTests#whoReallyChangesTheRoleCounts"),
                constraint("organization_seats_suffice", "seat.Seat04FewerSeatsTests#aSeatThatIsTakenStays"),
                column(
                        "the count of seats",
                        "organization.seats_taken",
                        "old.seats_taken",
                        "seat.Seat01LastSeatTests#theApplicationLetsOneIn"),
                column(
                        "an invitation that is good once",
                        "invitation.accepted_by",
                        "null",
                        "seat.Seat02InvitationTwiceTests#oneOfTwoPeopleGetsIn"),
                words(
                        "a member who is removed once",
                        "members",
                        "delete from membership where",
                        "update membership set seat = seat where",
                        "seat.Seat06GivenBackTwiceTests#whoseDeleteFindsHerGivesTheSeatBack"),
                words(
                        "an invitation that is withdrawn before it is accepted",
                        "invitations",
                        "organization_id = ? and accepted_by is null",
                        "organization_id = ?",
                        "seat.Seat07WithdrawnTests#whatIsAcceptedIsNotWithdrawn"),
                constraint("app_user_handle_unique", "handle.Handle01OneHandleTests#theApplicationSaysWhoseItIsNot"),
                constraint(
                        "app_user_contact_email_key_unique",
                        "handle.Handle02OneAddressTests#theApplicationKnowsTheAddressInEverySpelling"),
                constraint(
                        "app_user_contact_email_key_normalised",
                        "handle.Handle02OneAddressTests#aCheckOnTheKeyRefusesTheAddressAsTyped"),
                column(
                        "the version of a document",
                        "document.version",
                        "old.version",
                        "audit.Audit002TwoTabsTests#whoReadAnOlderVersionIsToldWhatIsThereNow"),
                column(
                        "the version of a project",
                        "project.version",
                        "old.version",
                        "audit.Audit003TwoUsersTests#ofTheSameFieldOneIsToldThatItChanged"),
                column(
                        "the version of an asset",
                        "asset.version",
                        "old.version",
                        "audit.Audit005BulkTests#theBulkWinsAndTheUserIsTold"),
                constraint("asset_project_fkey", NOTHING_OF_A_PROJECT_THAT_IS_GONE),
                constraint("generation_job_project_fkey", NOTHING_OF_A_PROJECT_THAT_IS_GONE),
                constraint("generated_project_fkey", NOTHING_OF_A_PROJECT_THAT_IS_GONE),
                key(
                        "generation_job_one_active",
                        "generation_job.state",
                        "'DONE'; new.ended_at := now()",
                        "audit.Audit001DoubleClickTests#bothClicksGetTheSameJob"),
                constraint(
                        "webhook_delivery_pkey", "dedupe.Dedupe02WebhookTests#itIsAcknowledgedTwiceAndExecutedOnce"),
                constraint("generated_pkey", "audit.Audit004LateJobTests#theNewerTextStays"),
                column(
                        "the state of a job",
                        "generation_job.state",
                        "old.state; new.ended_at := old.ended_at",
                        "audit.Audit004LateJobTests#theNewerTextStays"),
                key(
                        "idempotency_key_pkey",
                        "idempotency_key.key",
                        "md5(random()::text)",
                        "dedupe.Dedupe01IdempotencyKeyTests#twoIdenticalRequestsAreExecutedOnceAndAnsweredAlike"),
                words(
                        "an expired key that is claimed once",
                        "idempotencyKeys",
                        "where idempotency_key.created_at <= now() - interval '24 hours'",
                        "",
                        "dedupe.Dedupe01IdempotencyKeyTests#anExpiredKeyIsClaimedOnce"),
                column(
                        "the count of assets",
                        "project.asset_count",
                        "old.asset_count",
                        "audit.Audit006CounterTests#oneMoreIsCountedByTheDatabase"),
                words(
                        "an asset that is removed once",
                        "assets",
                        "delete from asset where",
                        "update asset set version = version where",
                        "audit.Audit006CounterTests#oneAssetThatIsRemovedTwiceIsCountedOnce"),
                key(
                        "lease_pkey",
                        "lease.name",
                        "md5(random()::text)",
                        "audit.Audit007LeaseTests#oneOfTwoTakesANewOne"),
                column(
                        "the end of a lease",
                        "lease.expires_at",
                        "clock_timestamp() - interval '1 s'",
                        "audit.Audit007LeaseTests#oneOfTwoTakesItOver"),
                column(
                        "the token of a lease",
                        "lease.token",
                        "old.token",
                        "audit.Audit007LeaseTests#theTokenStopsWhoIsLate"),
                constraint(
                        "resource_not_overbooked",
                        "booking.Booking01LastPlacesTests#theCheckInTheTableStopsItRudely"),
                column(
                        "the count of booked places",
                        "resource.booked",
                        "old.booked",
                        "booking.Booking01LastPlacesTests#oneStatementComparesAndCounts"),
                words(
                        "a booking that is cancelled once",
                        "bookings",
                        "delete from booking b using",
                        "update booking b set places = b.places from",
                        "booking.Booking03CancelledTwiceTests#whoseDeleteFindsItGivesThePlacesBack"));
    }
}
