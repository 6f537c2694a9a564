package com.example.races.protection;

import java.util.List;
import java.util.function.Function;
import org.springframework.context.ApplicationContext;

/**
 * Something that keeps a race harmless.
 *
 * @param covers the constraints and unique indexes of the database that it is, if it is in the database
 * @param race the one that must go red without it, as {@code package.Class#method} below this project's own package
 * @param red what must be said of everything that goes red, such as {@code on booking, but the database says 2}: a race
 *     that fails for another reason proves nothing
 */
record Protection(
        String name, List<String> covers, Function<ApplicationContext, TakenAway> away, String race, String red) {

    static Protection constraint(String name, String race, String red) {
        return new Protection(name, List.of(name), application -> TakenAway.constraints(name), race, red);
    }

    /** @param value what stays in the column, whatever the application writes */
    static Protection column(String name, String column, String value, String race, String red) {
        var parts = column.split("\\.");
        return code(name, application -> TakenAway.column(parts[0], parts[1], value), race, red);
    }

    /** @param value what is written into the column of a key instead, so that nothing is the same */
    static Protection key(String constraint, String column, String value, String race, String red) {
        var parts = column.split("\\.");
        return new Protection(
                constraint,
                List.of(constraint),
                application -> TakenAway.sameness(parts[0], parts[1], value),
                race,
                red);
    }

    /** @param bean that sends it; in whatever it sends, the words are replaced */
    static Protection words(String name, String bean, String words, String instead, String race, String red) {
        return code(name, application -> TakenAway.words(application.getBean(bean), words, instead), race, red);
    }

    static Protection code(String name, Function<ApplicationContext, TakenAway> away, String race, String red) {
        return new Protection(name, List.of(), away, race, red);
    }

    @Override
    public String toString() {
        return name;
    }
}
