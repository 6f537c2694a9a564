package com.example.provisioning.user;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

public interface UserRepository extends Repository<User, UUID> {

    Optional<User> findByIssuerAndSubject(String issuer, String subject);
}
