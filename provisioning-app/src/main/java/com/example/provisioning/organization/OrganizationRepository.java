package com.example.provisioning.organization;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

public interface OrganizationRepository extends Repository<Organization, UUID> {

    Optional<Organization> findByKey(String key);
}
