package com.example.provisioning.development;

import dev.raceharness.database.TestDatabase;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Gives the application a {@link TestDatabase} with the roles it has in production: migrations run as the owner,
 * everything else as the application.
 */
@TestConfiguration(proxyBeanMethods = false)
public class DevelopmentDatabase {

    /** No secret, and never to be used where one is needed. */
    private static final String PASSWORD = "development-only";

    private final TestDatabase database;

    DevelopmentDatabase(TestDatabase database) throws Exception {
        this.database = database;
        var administrator = new JdbcTemplate(database.dataSource());
        administrator.execute(new ClassPathResource("db/roles.sql").getContentAsString(StandardCharsets.UTF_8));
        // Two builds on one server may set the same password at once; the one that comes second has nothing left to do.
        administrator.execute("""
                do $$
                begin
                    alter role provisioning_owner password '%1$s';
                    alter role provisioning_app password '%1$s';
                exception when internal_error then
                    if sqlerrm not like 'tuple concurrently updated%%' then raise; end if;
                end
                $$
                """.formatted(PASSWORD));
    }

    @Bean
    FlywayConnectionDetails ownerConnection() {
        return new FlywayConnectionDetails() {
            @Override
            public String getJdbcUrl() {
                return database.jdbcUrl();
            }

            @Override
            public String getUsername() {
                return "provisioning_owner";
            }

            @Override
            public String getPassword() {
                return PASSWORD;
            }
        };
    }

    @Bean
    JdbcConnectionDetails applicationConnection() {
        return new JdbcConnectionDetails() {
            @Override
            public String getJdbcUrl() {
                return database.jdbcUrl();
            }

            @Override
            public String getUsername() {
                return "provisioning_app";
            }

            @Override
            public String getPassword() {
                return PASSWORD;
            }
        };
    }
}
