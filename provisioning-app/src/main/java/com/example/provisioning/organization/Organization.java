package com.example.provisioning.organization;

import com.example.provisioning.identity.OrganizationName;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;

@Entity
public class Organization {

    @Id
    private UUID id;

    private String key;
    private String name;

    public Organization(OrganizationName name) {
        this.id = name.organizationId();
        this.key = name.key();
        this.name = name.name();
    }

    protected Organization() {} // for Hibernate

    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }
}
