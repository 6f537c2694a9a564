package dev.raceharness.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerUrlTests {

    @Test
    void takesTheDriversForm() {
        assertThat(ServerUrl.parse("jdbc:postgresql://db:5433/x?sslmode=require"))
                .isEqualTo(new ServerUrl(
                        "jdbc:postgresql://db:5433/x?sslmode=require", Optional.empty(), Optional.empty()));
    }

    @Test
    void takesTheFormOfPsql() {
        assertThat(ServerUrl.parse("postgresql://ada:l%40ve+1@db:5433/x?sslmode=require"))
                .isEqualTo(new ServerUrl(
                        "jdbc:postgresql://db:5433/x?sslmode=require", Optional.of("ada"), Optional.of("l@ve+1")));
        assertThat(ServerUrl.parse("postgres://db/x").jdbcUrl()).isEqualTo("jdbc:postgresql://db/x");
    }

    @Test
    void repeatsNoPasswordWhenItRefuses() {
        assertThatThrownBy(() -> ServerUrl.parse("mysql://ada:love@db/x"))
                .isInstanceOf(NoDatabaseException.class)
                .hasMessage(
                        "RACE_DB_URL must begin with jdbc:postgresql:// or postgresql://, but is \"mysql://***@db/x\"");
    }
}
