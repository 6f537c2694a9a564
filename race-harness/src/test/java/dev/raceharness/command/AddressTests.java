package dev.raceharness.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddressTests {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "PGHOST", "db.local", "PGPORT", "5433", "PGDATABASE", "shop", "PGUSER", "ada", "PGPASSWORD", "s3cret");

    @Test
    void comesFromPsqlsVariables() {
        assertThat(Address.of(null, ENVIRONMENT))
                .isEqualTo(new Address("jdbc:postgresql://db.local:5433/shop", "ada", Optional.of("s3cret")));
    }

    @Test
    void withoutAnyIsTheDatabaseOfTheUserHere() {
        var me = System.getProperty("user.name");

        assertThat(Address.of(null, Map.of()))
                .isEqualTo(new Address("jdbc:postgresql://localhost:5432/" + me, me, Optional.empty()));
    }

    @Test
    void aUrlOfPsqlNamesTheUser() {
        assertThat(Address.of("postgresql://ben%40acme@db:5434/shop?sslmode=require", ENVIRONMENT))
                .isEqualTo(new Address(
                        "jdbc:postgresql://db:5434/shop?sslmode=require", "ben@acme", Optional.of("s3cret")));
    }

    @Test
    void aUrlOfTheDriverMayNameTheUser() {
        assertThat(Address.of("jdbc:postgresql://db/shop?user=ben", ENVIRONMENT).user()).isEqualTo("ben");
        assertThat(Address.of("jdbc:postgresql://db/shop", ENVIRONMENT).user()).isEqualTo("ada");
    }

    @Test
    void aPasswordIsForNoCommandLine() {
        for (var url : List.of(
                "postgresql://a:s3cret@db/shop", "jdbc:postgresql://db/shop?user=a&password=s3cret")) {
            assertThatThrownBy(() -> Address.of(url, Map.of()))
                    .isInstanceOf(WrongUseException.class)
                    .hasMessageContaining("carries a password")
                    .hasMessageContaining("***")
                    .hasMessageNotContaining("s3cret");
        }
    }

    @Test
    void aSocketIsNothingForJava() {
        assertThatThrownBy(() -> Address.of(null, Map.of("PGHOST", "/var/run/postgresql")))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("PGHOST=localhost");
    }
}
