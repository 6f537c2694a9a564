package com.example.races.protection;

import java.util.List;
import java.util.stream.Stream;

/** Every comparison in a statement of the application that writes, with the race that proves it and what must go red. */
final class Comparisons {

    private Comparisons() {}

    static List<Comparison> all() {
        return Stream.of(members(), work(), leases()).flatMap(List::stream).toList();
    }

    private static List<Comparison> members() {
        return List.of(
                new Comparison(
                        "whether an owner is left, when one leaves",
                        "members",
                        "update organization",
                        "owners + :owners >= 1",
                        "membership.Membership01TwoOwnersLeaveTests#theApplicationLetsOneLeave",
                        "elements not found: [\"409 last-owner\"]"),
                new Comparison(
                        "the role, when it changes",
                        "members",
                        "update membership",
                        "role <> :role",
                        "membership.Membership02PromotedTwiceTests#whoReallyChangesTheRoleCounts",
                        "[owners that are counted] expected: 2 but was: 3"),
                new Comparison(
                        "whether a seat is free, when it is taken",
                        "invitations",
                        "update organization",
                        "seats_taken < seats",
                        "seat.Seat01LastSeatTests#theApplicationLetsOneIn",
                        "elements not found: [\"409 no-seat-left\"]"),
                new Comparison(
                        "whether an invitation was used, when it is accepted",
                        "invitations",
                        "update invitation",
                        "accepted_by is null",
                        "seat.Seat02InvitationTwiceTests#oneOfTwoPeopleGetsIn",
                        "Expected 1 attempted on membership, but the database says 2"),
                new Comparison(
                        "whether an invitation was used, when it is withdrawn",
                        "invitations",
                        "delete from invitation",
                        "accepted_by is null",
                        "seat.Seat07WithdrawnTests#whatIsAcceptedIsNotWithdrawn",
                        "Expected 0 rows on invitation, but the database says -1"));
    }

    private static List<Comparison> work() {
        return List.of(
                new Comparison(
                        "the version of a document, when it is saved",
                        "documents",
                        "update document",
                        "version = ?",
                        "audit.Audit002TwoTabsTests#whoReadAnOlderVersionIsToldWhatIsThereNow",
                        "Expecting actual: [\"200\", \"200\"]"),
                new Comparison(
                        "the version of a document, when it is deleted",
                        "documents",
                        "delete from document",
                        "version = ?",
                        "audit.Audit002TwoTabsTests#aSaveAgainstADeletionInEveryInterleaving",
                        "[endings; one that should not be:"),
                new Comparison(
                        "the version of a project, when it is renamed",
                        "projects",
                        "update project",
                        "version = ?",
                        "audit.Audit003TwoUsersTests#ofTheSameFieldOneIsToldThatItChanged",
                        "Expecting actual: [\"200\", \"200\"]"),
                new Comparison(
                        "the version of a project, when it is deleted",
                        "projects",
                        "delete from project",
                        "version = ?",
                        "audit.Audit003TwoUsersTests#deletingAgainstEditingInEveryInterleaving",
                        "[endings; one that should not be:"),
                new Comparison(
                        "whether a project is empty, when it is deleted",
                        "projects",
                        "delete from project",
                        "asset_count = 0",
                        "audit.Audit003TwoUsersTests#deletingTheProjectOrAddingToItWins",
                        "expected: \"409 project-not-empty\" but was: \"409 conflict\""),
                new Comparison(
                        "the version of an asset, when it is edited",
                        "assets",
                        "update asset",
                        "version = ?",
                        "audit.Audit005BulkTests#theBulkWinsAndTheUserIsTold",
                        "\"409 asset-changed\" but was: \"200\""),
                new Comparison(
                        "the version of an asset, when all are generated anew",
                        "regeneration",
                        "update asset",
                        "version = ?",
                        "audit.Audit005BulkTests#theEditWinsAndTheBulkSaysSo",
                        "[assets that the bulk wrote; one was edited] expected: 19 but was: 20"),
                new Comparison(
                        "the state of a job, when it ends",
                        "jobRunner",
                        "update generation_job",
                        "state = 'ACTIVE'",
                        "audit.Audit004LateJobTests#theNewerTextStays",
                        "[the text that stays] expected: \"newer\" but was: \"old\""),
                new Comparison(
                        "the state of a job, when it is superseded",
                        "jobs",
                        "update generation_job",
                        "state = 'ACTIVE'",
                        "audit.Audit004LateJobTests#whatHasEndedIsNotSuperseded",
                        "expected: \"DONE\" but was: \"SUPERSEDED\""),
                new Comparison(
                        "whether places are free, when they are booked",
                        "bookings",
                        "update resource",
                        "booked + :places <= capacity",
                        "booking.Booking01LastPlacesTests#oneStatementComparesAndCounts",
                        "elements not found: [\"409 fully-booked\"]"),
                new Comparison(
                        "the age of an idempotency key, when it is claimed",
                        "idempotencyKeys",
                        "insert into idempotency_key",
                        "idempotency_key.created_at <= now() - interval '24 hours'",
                        "dedupe.Dedupe01IdempotencyKeyTests#anExpiredKeyIsClaimedOnce",
                        "Expected 1 attempted on document, but the database says 2"),
                new Comparison(
                        "the age of an idempotency key, when it is cleared away",
                        "idempotencyKeys",
                        "delete from idempotency_key",
                        "created_at <= now() - interval '24 hours'",
                        "dedupe.Dedupe04ClearedAwayTests#aKeyThatIsClaimedAnewStays",
                        "[what the request made, sent once more]"));
    }

    private static List<Comparison> leases() {
        return List.of(
                new Comparison(
                        "the end of a lease, when it is taken over",
                        "leases",
                        "insert into lease",
                        "lease.expires_at <= clock_timestamp()",
                        "audit.Audit007LeaseTests#oneOfTwoTakesItOver",
                        "Expecting actual: [\"200\", \"200\"]"),
                new Comparison(
                        "the token of a lease, when it is renewed",
                        "leases",
                        "update lease set expires_at = clock_timestamp() +",
                        "token = ?",
                        "audit.Audit007LeaseTests#theFirstWindowDoesNotRenewTheSecondOnesLease",
                        "but was: \"of the successor, token 3, until"),
                new Comparison(
                        "the token of a lease, when its holder writes",
                        "leases",
                        "set checkpoint",
                        "token = ?",
                        "audit.Audit007LeaseTests#theFirstWindowDoesNotOverwriteTheSecond",
                        "but was: \"late, token 3"),
                new Comparison(
                        "the token of a lease, when it is released",
                        "leases",
                        "update lease set expires_at = clock_timestamp()\n",
                        "token = ?",
                        "audit.Audit007LeaseTests#theFirstWindowDoesNotReleaseTheSecondOnesLease",
                        "but was: \"of the successor, token 3, until"));
    }
}
