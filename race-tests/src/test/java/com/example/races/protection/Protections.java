package com.example.races.protection;

import static com.example.races.protection.Protection.code;
import static com.example.races.protection.Protection.column;
import static com.example.races.protection.Protection.constraint;
import static com.example.races.protection.Protection.words;

import com.example.provisioning.login.Login;
import java.util.List;
import java.util.stream.Stream;

/** Every protection of the application, with the race that proves it and what must go red. */
final class Protections {

    private static final String TWO_COLLEAGUES =
            "firstlogin.FirstLogin01TwoColleaguesTests#twoFirstLoginsOfOneNewCompanyLeaveOneOrganization";
    private static final String TWO_TABS = "firstlogin.FirstLogin02TwoTabsTests#onePersonInTwoTabsIsOneUser";
    private static final String DEFAULT_WORKSPACE =
            "firstlogin.FirstLogin06DefaultWorkspaceTests#theDefaultWorkspaceHasOneIdentifier";

    private Protections() {}

    static List<Protection> all() {
        return Stream.of(
                        identifiers(),
                        collisions(),
                        organizations(),
                        people(),
                        WorkspaceProtections.all(),
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
}
