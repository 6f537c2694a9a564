package com.example.provisioning.user;

import com.example.provisioning.identity.Person;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the token said at the first login; a later login changes nothing of it. */
@Entity
@Table(name = "app_user")
public class User {

    @Id
    private UUID id;

    private String issuer;
    private String subject;
    private @Nullable String email;
    private String displayName;

    public User(Person person) {
        this.id = person.userId();
        this.issuer = person.issuer();
        this.subject = person.subject();
        this.email = person.email();
        this.displayName = person.displayName();
    }

    protected User() {} // for Hibernate

    public UUID id() {
        return id;
    }

    public @Nullable String email() {
        return email;
    }

    public String displayName() {
        return displayName;
    }
}
