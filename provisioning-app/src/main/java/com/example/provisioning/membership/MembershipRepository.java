package com.example.provisioning.membership;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

public interface MembershipRepository extends Repository<Membership, Membership.Key> {

    Optional<Membership> findByOrganizationIdAndUserId(UUID organizationId, UUID userId);
}
