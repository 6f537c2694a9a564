package com.example.provisioning.workspace;

import com.example.provisioning.identity.Identifiers;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;

@Entity
public class Workspace {

    @Id
    private UUID id;

    private UUID organizationId;
    private String name;

    @Column(name = "is_default")
    private boolean isDefault;

    public static Workspace defaultOf(UUID organizationId) {
        Workspace workspace = new Workspace();
        workspace.id = Identifiers.ofDefaultWorkspace(organizationId);
        workspace.organizationId = organizationId;
        workspace.name = "General";
        workspace.isDefault = true;
        return workspace;
    }

    protected Workspace() {} // for Hibernate

    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }
}
