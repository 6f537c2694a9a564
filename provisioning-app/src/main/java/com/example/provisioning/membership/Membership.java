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

    public Membership(UUID organizationId, UUID userId, Role role) {
        this.organizationId = organizationId;
        this.userId = userId;
        this.role = role;
    }

    protected Membership() {} // for Hibernate

    public Role role() {
        return role;
    }
}
