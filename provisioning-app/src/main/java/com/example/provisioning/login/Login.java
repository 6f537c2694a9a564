package com.example.provisioning.login;

import com.example.provisioning.audit.AuditLog;
import com.example.provisioning.identity.Person;
import com.example.provisioning.membership.Membership;
import com.example.provisioning.membership.MembershipRepository;
import com.example.provisioning.organization.Organization;
import com.example.provisioning.organization.OrganizationRepository;
import com.example.provisioning.user.User;
import com.example.provisioning.user.UserRepository;
import com.example.provisioning.workspace.Workspace;
import com.example.provisioning.workspace.WorkspaceRepository;
import jakarta.persistence.EntityManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Signs a person in, and provisions on the way whatever is missing.
 *
 * <p>Between "does it exist?" and the INSERT another login can create the same thing. That is not prevented: it is
 * allowed to happen, and made harmless. The identifiers follow from the names, so both logins insert the same row; a
 * constraint lets one of them win; the other one's transaction is over, and in a new one it finds what the winner
 * left and answers the same.
 */
@Service
public class Login {

    private static final Logger log = LoggerFactory.getLogger(Login.class);

    private static final int MAX_ATTEMPTS = 5;

    private final MeRepository people;
    private final OrganizationRepository organizations;
    private final WorkspaceRepository workspaces;
    private final UserRepository users;
    private final MembershipRepository memberships;
    private final AuditLog audit;
    private final Collisions collisions;
    private final EntityManager entityManager;
    private final TransactionTemplate newTransaction;

    Login(
            MeRepository people,
            OrganizationRepository organizations,
            WorkspaceRepository workspaces,
            UserRepository users,
            MembershipRepository memberships,
            AuditLog audit,
            Collisions collisions,
            EntityManager entityManager,
            PlatformTransactionManager transactions) {
        this.people = people;
        this.organizations = organizations;
        this.workspaces = workspaces;
        this.users = users;
        this.memberships = memberships;
        this.audit = audit;
        this.collisions = collisions;
        this.entityManager = entityManager;
        this.newTransaction = new TransactionTemplate(transactions);
        this.newTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Each attempt is a transaction and a persistence context of its own: after a violation neither is of any use. */
    public Me login(Person person) {
        for (int attempt = 1; ; attempt++) {
            try {
                return newTransaction.execute(status -> findOrProvision(person));
            } catch (RuntimeException failure) {
                if (!collisions.isOne(failure)) {
                    throw failure;
                }
                collisions.count(failure);
                if (attempt == MAX_ATTEMPTS) {
                    throw new TooManyCollisionsException(attempt, failure);
                }
                log.debug("Attempt {} met another login: {}", attempt, failure.getMessage());
            }
        }
    }

    private Me findOrProvision(Person person) {
        return people.find(person.issuer(), person.subject(), person.organization().key())
                .orElseGet(() -> provision(person));
    }

    /** Every login takes this order, whatever exists already: two that took opposite ones could wait for each other. */
    private Me provision(Person person) {
        var found = organizations.findByKey(person.organization().key());
        var organization = found.orElseGet(() -> insert(new Organization(person.organization())));
        var workspace = workspaces.findDefaultOf(organization.id())
                .orElseGet(() -> insert(Workspace.defaultOf(organization.id())));
        var user = users.findByIssuerAndSubject(person.issuer(), person.subject())
                .orElseGet(() -> insert(new User(person)));
        var membership = memberships.findByOrganizationIdAndUserId(organization.id(), user.id())
                .orElseGet(() -> join(
                        found.isPresent()
                                ? Membership.ofColleague(organization.id(), user.id())
                                : Membership.ofFounder(organization.id(), user.id())));
        return new Me(user, organization, workspace, membership);
    }

    private Membership join(Membership membership) {
        var userId = membership.userId();
        audit.write(insert(membership).organizationId(), userId.toString(), "member.provisioned", userId);
        return membership;
    }

    /** The flush sends the INSERT now. Without it Hibernate would choose the moment, and the order. */
    private <T> T insert(T entity) {
        entityManager.persist(entity);
        entityManager.flush();
        return entity;
    }
}
