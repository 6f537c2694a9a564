package com.example.races.protection;

import com.example.provisioning.login.Login;
import java.util.List;
import java.util.function.Function;

/**
 * Something that keeps a race harmless.
 *
 * @param covers the constraints and unique indexes of the database that it is, if it is in the database
 * @param races those that must go red without it, as {@code package.Class#method} below this project's own package
 */
record Protection(String name, List<String> covers, Function<Login, TakenAway> away, List<String> races) {

    static Protection constraint(String name, String... races) {
        return new Protection(name, List.of(name), login -> TakenAway.constraints(name), List.of(races));
    }

    /** @param value what stays in the column, whatever the application writes */
    static Protection column(String name, String column, String value, String... races) {
        var parts = column.split("\\.");
        return new Protection(
                name, List.of(), login -> TakenAway.column(parts[0], parts[1], value), List.of(races));
    }

    /** @param value what is written into the column of a key instead, so that nothing is the same */
    static Protection key(String constraint, String column, String value, String... races) {
        var parts = column.split("\\.");
        return new Protection(
                constraint,
                List.of(constraint),
                login -> TakenAway.sameness(parts[0], parts[1], value),
                List.of(races));
    }

    static Protection code(String name, Function<Login, TakenAway> away, String... races) {
        return new Protection(name, List.of(), away, List.of(races));
    }

    @Override
    public String toString() {
        return name;
    }
}
