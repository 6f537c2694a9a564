package com.example.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.raceharness.Outcome;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;

/** The one racer of a race who failed. */
public record Loser(String name, Throwable failure) {

    /** Fails unless exactly one racer did. */
    public static Loser of(Outcome outcome) {
        var losers = outcome.racers().stream()
                .flatMap(racer -> racer.failure().map(failure -> new Loser(racer.name(), failure)).stream())
                .toList();
        assertThat(losers).as("racers that failed").hasSize(1);
        return losers.get(0);
    }

    /** What the database said to it last. */
    public String sqlState() {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(cause -> ((SQLException) cause).getSQLState())
                .findFirst()
                .orElseThrow(() -> new AssertionError("The database has no part in it", failure));
    }
}
