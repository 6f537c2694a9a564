package com.example.provisioning.login;

import static com.example.provisioning.Caller.newCompany;
import static com.example.provisioning.Caller.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import com.example.provisioning.Tables;
import com.example.provisioning.development.DevelopmentIssuer;
import com.example.provisioning.identity.OrganizationName;
import com.example.provisioning.identity.Person;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;

/** What a login does when an INSERT fails, one caller at a time: here the database fails it on request. */
@ApplicationTest
class CollisionTests {

    @Autowired
    Caller caller;

    @Autowired
    DevelopmentIssuer issuer;

    @Autowired
    Tables tables;

    /** A sequence counts on, whatever is rolled back: it counts the attempts. */
    @BeforeEach
    void countAttempts() {
        tables.sql("create sequence attempts").update();
        tables.sql("grant usage on sequence attempts to provisioning_app").update();
    }

    @AfterEach
    void endCollisions() {
        tables.sql("drop function fail cascade").update();
        tables.sql("drop sequence attempts").update();
    }

    /** The last INSERT of the four fails: everything before it must be undone and done again. */
    private void failMemberships(int times, String sqlState) {
        tables.sql("""
                create function fail() returns trigger language plpgsql as $$
                begin
                    if nextval('attempts') <= %d then
                        raise exception using errcode = '%s', constraint = 'membership_pkey';
                    end if;
                    return new;
                end
                $$
                """.formatted(times, sqlState)).update();
        tables.sql("create trigger fail before insert on membership for each row execute function fail()").update();
    }

    private long attempts() {
        return tables.sql("select last_value from attempts").query(Long.class).single();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23503", "23505", "40001", "40P01"})
    void isTriedAgainInANewTransaction(String sqlState) {
        failMemberships(4, sqlState);
        int before = tables.everything().size();

        caller.login(somebody(Map.of("company", newCompany())));

        assertThat(attempts()).isEqualTo(5);
        assertThat(tables.everything()).as("one row in each table, and one line of the log").hasSize(before + 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "40001"})
    void isCountedByConstraint(String sqlState, @Autowired MeterRegistry metrics) {
        failMemberships(3, sqlState);
        var counter = metrics.counter(
                "provisioning.collisions", "sqlstate", sqlState, "constraint", "membership_pkey");
        double before = counter.count();

        caller.login(somebody(Map.of("company", newCompany())));

        assertThat(counter.count()).isEqualTo(before + 3);
    }

    @Test
    void givesUpAfterFiveAttempts() {
        failMemberships(Integer.MAX_VALUE, "23505");
        var before = tables.everything();

        caller.call(issuer.token(somebody(Map.of("company", newCompany()))))
                .expectStatus().isEqualTo(503)
                .expectHeader().valueEquals("Retry-After", "1")
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON);

        assertThat(attempts()).isEqualTo(5);
        assertThat(tables.everything()).isEqualTo(before);
    }

    @Test
    void anyOtherFailureIsNotTriedAgain(@Autowired Login login) {
        failMemberships(Integer.MAX_VALUE, "23514");
        var before = tables.everything();
        var ada = new Person("https://issuer.example", "ada", null, "Ada", new OrganizationName("person:ada", "Ada"));

        assertThatThrownBy(() -> login.login(ada)).hasRootCauseInstanceOf(SQLException.class);

        assertThat(attempts()).isEqualTo(1);
        assertThat(tables.everything()).isEqualTo(before);
    }
}
