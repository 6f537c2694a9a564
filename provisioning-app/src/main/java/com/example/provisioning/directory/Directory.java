package com.example.provisioning.directory;

import com.example.provisioning.audit.AuditLog;
import com.example.provisioning.directory.DirectoryController.Account;
import com.example.provisioning.identity.InvalidClaimException;
import com.example.provisioning.identity.Person;
import com.example.provisioning.identity.TokenReader;
import com.example.provisioning.problem.ProblemException;
import com.example.provisioning.problem.ViolatedConstraint;
import com.example.provisioning.workspace.Workspace;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Inserts under the identifiers that a login would compute, in the order in which a login does, and takes what is there
 * already for its own. So it does not matter which of the two comes first, nor whether they come at the same moment.
 */
@Service
class Directory {

    private final JdbcClient sql;
    private final TokenReader tokens;
    private final AuditLog audit;

    Directory(JdbcClient sql, TokenReader tokens, AuditLog audit) {
        this.sql = sql;
        this.tokens = tokens;
        this.audit = audit;
    }

    @Transactional
    public Provisioned putOrganization(String client, String company, Account owner, int seats) {
        var provisioned = putUser(client, company, owner);
        if (changeSeats(provisioned.organizationId(), seats)) {
            audit.write(provisioned.organizationId(), client, "organization.seats-changed", seats);
        }
        return provisioned;
    }

    @Transactional
    public Provisioned putUser(String client, String company, Account account) {
        var person = person(company, account);
        var organizationId = person.organization().organizationId();
        var founded = insertOrganization(person);
        var workspace = Workspace.defaultOf(organizationId);
        insertWorkspace(workspace, organizationId);
        insertUser(person);
        if (insertMembership(organizationId, person.userId(), founded)) {
            audit.write(organizationId, client, "member.provisioned", person.userId());
        }
        return new Provisioned(organizationId, workspace.id(), person.userId());
    }

    private boolean insertOrganization(Person person) {
        return inserted(sql.sql("insert into organization (id, key, name) values (?, ?, ?) on conflict do nothing")
                .params(
                        person.organization().organizationId(),
                        person.organization().key(),
                        person.organization().name()));
    }

    private void insertWorkspace(Workspace workspace, UUID organizationId) {
        inserted(sql.sql("""
                        insert into workspace (id, organization_id, name, is_default) values (?, ?, ?, true)
                        on conflict do nothing
                        """)
                .params(workspace.id(), organizationId, workspace.name()));
    }

    private void insertUser(Person person) {
        inserted(sql.sql("""
                        insert into app_user (id, issuer, subject, email, display_name) values (?, ?, ?, ?, ?)
                        on conflict do nothing
                        """)
                .params(person.userId(), person.issuer(), person.subject(), person.email(), person.displayName()));
    }

    private boolean insertMembership(UUID organizationId, UUID userId, boolean founder) {
        return inserted(sql.sql("""
                        insert into membership (organization_id, user_id, role, founder) values (?, ?, ?, ?)
                        on conflict do nothing
                        """)
                .params(organizationId, userId, founder ? "OWNER" : "MEMBER", founder));
    }

    private static boolean inserted(JdbcClient.StatementSpec insert) {
        return insert.update() == 1;
    }

    private boolean changeSeats(UUID organizationId, int seats) {
        try {
            return sql.sql("update organization set seats = :seats where id = :id and seats <> :seats")
                            .param("seats", seats)
                            .param("id", organizationId)
                            .update()
                    == 1;
        } catch (DataIntegrityViolationException failure) {
            throw ViolatedConstraint.is("organization_seats_suffice", failure)
                    ? ProblemException.conflict("seats-taken", "More seats than that are taken.")
                    : failure;
        }
    }

    private Person person(String company, Account account) {
        try {
            return tokens.read(company, account.issuer(), account.subject(), account.name(), account.email());
        } catch (InvalidClaimException unusable) {
            throw ProblemException.invalid(unusable.claim(), unusable.fault());
        }
    }
}
