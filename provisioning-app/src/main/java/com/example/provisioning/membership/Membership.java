package com.example.provisioning.membership;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.util.UUID;

@Entity
@IdClass(Membership.Key.class)
public class Membership {

    public record Key(UUID organizationId, UUID userId) {}

    @Id
    private UUID organizationId;

    @Id
    private UUID userId;

    @Enumerated(EnumType.STRING)
    private Role role;

    private boolean founder;

    /** Who founds an organization owns it; and only one can. */
    public static Membership ofFounder(UUID organizationId, UUID userId) {
        var membership = new Membership(organizationId, userId, Role.OWNER);
        membership.founder = true;
        return membership;
    }

    public static Membership ofColleague(UUID organizationId, UUID userId) {
        return new Membership(organizationId, userId, Role.MEMBER);
    }

    private Membership(UUID organizationId, UUID userId, Role role) {
        this.organizationId = organizationId;
        this.userId = userId;
        this.role = role;
    }

    protected Membership() {} // for Hibernate

    public UUID organizationId() {
        return organizationId;
    }

    public UUID userId() {
        return userId;
    }

    public Role role() {
        return role;
    }
}
