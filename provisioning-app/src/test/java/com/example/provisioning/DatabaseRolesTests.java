package com.example.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.raceharness.database.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;

@ApplicationTest
class DatabaseRolesTests {

    /** As the application: from its own pool. */
    @Autowired
    JdbcTemplate application;

    @Test
    void theApplicationIsNotTheOwner() {
        assertThat(application.queryForObject("select session_user", String.class)).isEqualTo("provisioning_app");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "alter table organization drop constraint organization_key_unique",
        "drop index membership_one_founder",
        "truncate organization cascade",
        "drop table membership",
        "create table mine (id int)",
        "select * from flyway_schema_history",
        "delete from flyway_schema_history",
        "delete from audit_entry",
        "update audit_entry set actor = 'somebody else'",
    })
    void theApplicationHasRightsOnDataOnly(String statement) {
        assertThatThrownBy(() -> application.execute(statement))
                .rootCause()
                .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }

    @Test
    void rolesCanBeCreatedAgain(@Autowired TestDatabase database) throws Exception {
        var roles = new ClassPathResource("db/roles.sql").getContentAsString(StandardCharsets.UTF_8);

        assertThatCode(() -> new JdbcTemplate(database.dataSource()).execute(roles)).doesNotThrowAnyException();
    }
}
