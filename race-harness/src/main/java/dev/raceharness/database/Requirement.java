package dev.raceharness.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Something that the evidence needs of a server: a query that is true if it is there, and what to say if it is not. */
record Requirement(String test, String lack, String cost, String cure) {

    static final List<Requirement> ALL = List.of(
            new Requirement(
                    "SELECT count(*) >= 0 FROM pg_stat_statements",
                    "pg_stat_statements does not answer",
                    "statements will not be counted",
                    "shared_preload_libraries = 'pg_stat_statements', a restart, and a superuser as RACE_DB_USER"),
            new Requirement(
                    "SELECT pg_read_file(pg_current_logfile('jsonlog'), 0, 1) IS NOT NULL",
                    "there is no JSON log that this role can read",
                    "unique violations by constraint will be unknown",
                    "logging_collector = on, log_destination = 'jsonlog', a restart, and a superuser as RACE_DB_USER"),
            new Requirement(
                    "SELECT current_setting('log_min_messages') NOT IN ('log', 'fatal', 'panic')"
                            + " AND current_setting('log_min_error_statement') NOT IN ('log', 'fatal', 'panic')",
                    "refused statements are kept out of the log",
                    "unique violations by constraint will be unknown",
                    "log_min_messages = warning, log_min_error_statement = error"),
            new Requirement(
                    "SELECT current_setting('track_counts')::boolean",
                    "track_counts is off",
                    "rows written will not be counted",
                    "track_counts = on"),
            new Requirement(
                    "SELECT current_setting('track_activities')::boolean",
                    "track_activities is off",
                    "a racer's current statement will be unknown",
                    "track_activities = on"),
            new Requirement(
                    "SELECT current_setting('max_connections')::int >= 300",
                    "max_connections is below 300",
                    "a race of many sessions will be refused some of them",
                    "max_connections = 300 and a restart"),
            new Requirement(
                    "SELECT current_setting('max_prepared_transactions')::int > 0",
                    "max_prepared_transactions is 0",
                    "a race of two-phase commits will be refused",
                    "max_prepared_transactions = 20 and a restart"));

    /** Those that are not met, tried from the database that the evidence will be taken from. */
    static List<Requirement> unmet(DataSource database) {
        try (var connection = database.getConnection()) {
            return ALL.stream()
                    .filter(requirement -> !requirement.isMet(connection))
                    .toList();
        } catch (SQLException e) {
            throw new NoDatabaseException("The database that was just made does not answer: " + e.getMessage(), e);
        }
    }

    private boolean isMet(Connection connection) {
        try {
            return Sql.strings(connection, test).contains("t");
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "  - %s: %s%n    cure: %s".formatted(lack, cost, cure);
    }
}
