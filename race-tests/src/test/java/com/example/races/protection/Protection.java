package com.example.races.protection;

import java.util.List;
import java.util.function.Function;
import org.springframework.context.ApplicationContext;

/**
 * Something that keeps a race harmless.
 *
 * @param covers the constraints and unique indexes of the database that it is, if it is in the database
 * @param races those that must go red without it, as {@code package.Class#method} below this project's own package
 */
record Protection(String name, List<String> covers, Function<ApplicationContext, TakenAway> away, List<String> races) {

    static Protection constraint(String name, String... races) {
        return new Protection(name, List.of(name), application -> TakenAway.constraints(name), List.of(races));
    }

    /** @param value what stays in the column, whatever the application writes */
    static Protection column(String name, String column, String value, String... races) {
        var parts = column.split("\\.");
        return new Protection(
                name, List.of(), application -> TakenAway.column(parts[0], parts[1], value), List.of(races));
    }

    /** @param value what is written into the column of a key instead, so that nothing is the same */
    static Protection key(String constraint, String column, String value, String... races) {
        var parts = column.split("\\.");
        return new Protection(
                constraint,
                List.of(constraint),
                application -> TakenAway.sameness(parts[0], parts[1], value),
                List.of(races));
    }

    /** @param statement the bean that sends it; in whatever it sends, the words are replaced */
    static Protection words(String name, String statement, String words, String instead, String... races) {
        return code(name, application -> TakenAway.words(application.getBean(statement), words, instead), races);
    }

    static Protection code(String name, Function<ApplicationContext, TakenAway> away, String... races) {
        return new Protection(name, List.of(), away, List.of(races));
    }

    @Override
    public String toString() {
        return name;
    }
}
