package com.example.races.firstlogin;

import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
import static com.example.races.RaceDatabase.sql;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.RaceAssertions.assertThat;

import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.RaceTest;
import com.example.races.WithoutConstraints;
import dev.raceharness.Race;
import dev.raceharness.junit.RaceExtension;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * An administrator has created the organization; two colleagues sign in first, and each would create its default
 * workspace.
 *
 * <p>Anomaly: check-then-act. The gate stands on the INSERT of the workspace, after the check: here the organization
 * does not line the two up, because it is there already. The database must show 2 INSERTs attempted, 1 unique
 * violation, 1 row.
 *
 * <p>In the wild: reports of two "personal" or "default" workspaces after the first sign-in of an account, in
 * applications whose constraint says "each user once in each workspace" and is never violated, because the workspaces
 * are two.
 */
@RaceTest
class FirstLogin06DefaultWorkspaceTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final String company = newCompany();
    private final OrganizationTable organizations;
    private final Logins logins;
    private UUID organization;

    FirstLogin06DefaultWorkspaceTests(@Autowired DataSource application, @Autowired Logins logins) {
        this.organizations = new OrganizationTable(application);
        this.logins = logins;
    }

    @BeforeEach
    void anOrganizationWithoutWorkspace() {
        organization = organizations.insert(company);
    }

    /** Broken: random identifiers, and a constraint on a pair that no two rows can share. */
    @Test
    void aConstraintOnWorkspaceAndUserNeverSeesTheSecondWorkspace(Race race) {
        sql().sql("""
                create schema seats_in_workspaces;
                create table seats_in_workspaces.seat (
                    workspace_id uuid, user_name text, unique (workspace_id, user_name));
                grant usage on schema seats_in_workspaces to provisioning_app;
                grant insert on seats_in_workspaces.seat to provisioning_app
                """).update();
        try (var gone = WithoutConstraints.named("workspace_one_default")) {
            var outcome = race.holdAt(beforeInsertOn("workspace"))
                    .watch("seats_in_workspaces.seat")
                    .racer("ada", () -> seatInDefaultWorkspace("ada"))
                    .racer("ben", () -> seatInDefaultWorkspace("ben"))
                    .run();

            assertThat(outcome).on("workspace").attempted(2).uniqueViolations(0).rows(2);
            assertThat(outcome).on("seats_in_workspaces.seat").attempted(2).uniqueViolations(0).rows(2);
            assertThat(outcome).everyRacerSucceeded();
        } finally {
            sql().sql("drop schema seats_in_workspaces cascade").update();
        }
    }

    /** Fixed: the identifier of the default workspace follows from the organization's. */
    @Test
    void theDefaultWorkspaceHasOneIdentifier(Race race) {
        var outcome = race.holdAt(beforeInsertOn("workspace"))
                .racer("ada", () -> logins.login(Newcomer.of(company, "Ada")).workspace())
                .racer("ben", () -> logins.login(Newcomer.of(company, "Ben")).workspace())
                .run();

        assertThat(outcome).on("workspace").attempted(2).uniqueViolationsOf("workspace_pkey", 1).rows(1);
        assertThat(outcome).everyRacerReturnedTheSame();
    }

    private UUID seatInDefaultWorkspace(String user) {
        return organizations.inTransaction(() -> {
            var workspace = organizations.sql("select id from workspace where organization_id = ? and is_default")
                    .param(organization)
                    .query(UUID.class)
                    .optional()
                    .orElseGet(this::newWorkspace);
            organizations.sql("insert into seats_in_workspaces.seat values (?, ?)").params(workspace, user).update();
            return workspace;
        });
    }

    private UUID newWorkspace() {
        var id = UUID.randomUUID();
        organizations
                .sql("insert into workspace (id, organization_id, name, is_default) values (?, ?, 'General', true)")
                .params(id, organization)
                .update();
        return id;
    }
}
