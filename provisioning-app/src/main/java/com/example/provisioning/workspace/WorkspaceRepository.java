package com.example.provisioning.workspace;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

public interface WorkspaceRepository extends Repository<Workspace, UUID> {

    @Query("select w from Workspace w where w.organizationId = :organizationId and w.isDefault")
    Optional<Workspace> findDefaultOf(UUID organizationId);
}
