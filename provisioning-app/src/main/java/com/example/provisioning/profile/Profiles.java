package com.example.provisioning.profile;

import com.example.provisioning.identity.EmailAddress;
import com.example.provisioning.identity.Handle;
import com.example.provisioning.identity.Person;
import com.example.provisioning.problem.ProblemException;
import com.example.provisioning.problem.ViolatedConstraint;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Service;

/** Nobody asks whether a handle is free: it is taken, or the database says whose constraint was in the way. */
@Service
class Profiles {

    private final JdbcClient sql;

    Profiles(JdbcClient sql) {
        this.sql = sql;
    }

    Profile find(Person person) {
        return profile(sql.sql("select handle, contact_email as email from app_user where issuer = ? and subject = ?")
                .params(person.issuer(), person.subject()));
    }

    Profile changeHandle(Person person, Handle handle) {
        try {
            return profile(sql.sql("""
                            update app_user set handle = ? where issuer = ? and subject = ?
                            returning handle, contact_email as email
                            """)
                    .params(handle.text(), person.issuer(), person.subject()));
        } catch (DuplicateKeyException failure) {
            throw refusal(failure, "app_user_handle_unique", "handle-taken", "Somebody else has this handle.");
        }
    }

    Profile changeEmail(Person person, EmailAddress email) {
        try {
            return profile(sql.sql("""
                            update app_user set contact_email = ?, contact_email_key = ?
                             where issuer = ? and subject = ?
                            returning handle, contact_email as email
                            """)
                    .params(email.text(), email.key(), person.issuer(), person.subject()));
        } catch (DuplicateKeyException failure) {
            throw refusal(
                    failure, "app_user_contact_email_key_unique", "email-taken", "Somebody else has this address.");
        }
    }

    /** Who never signed in has none. */
    private static Profile profile(StatementSpec statement) {
        return statement.query(Profile.class).optional().orElseThrow(ProblemException::notFound);
    }

    private static RuntimeException refusal(
            DuplicateKeyException failure, String constraint, String type, String detail) {
        return ViolatedConstraint.is(constraint, failure) ? ProblemException.conflict(type, detail) : failure;
    }
}
