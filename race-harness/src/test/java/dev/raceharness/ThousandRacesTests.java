package dev.raceharness;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 1,000 races of 1,000, each with exact evidence; run by .ci/postgres-versions. */
@Tag("thousand")
class ThousandRacesTests {

    private static final int RACES = 1_000;

    @Test
    void everyOneOfThemIsForced() {
        Tenants.create();
        var millis = new double[RACES];
        var forced = 0;
        try (var application = pool();
                var harness = RaceHarness.open(Playground.owner())) {
            for (int i = 0; i < RACES; i++) {
                var race = Tenants.raceFor("thousand " + i, harness.race(), application);
                var start = System.nanoTime();
                var outcome = race.run();
                millis[i] = (System.nanoTime() - start) / 1e6;
                forced += Tenants.isForcedAndExact(outcome) ? 1 : 0;
            }
        }
        Arrays.sort(millis);
        System.out.printf(
                "%s: %d of %d forced, median %.1f ms, 99 %% within %.1f ms%n",
                Playground.database().description(), forced, RACES, millis[RACES / 2], millis[RACES * 99 / 100]);
        assertThat(forced).isEqualTo(RACES);
    }

    private static HikariDataSource pool() {
        var configuration = new HikariConfig();
        configuration.setJdbcUrl(Playground.database().jdbcUrl());
        configuration.setUsername(Playground.database().username());
        configuration.setPassword(Playground.database().password());
        configuration.setMaximumPoolSize(2);
        return new HikariDataSource(configuration);
    }
}
