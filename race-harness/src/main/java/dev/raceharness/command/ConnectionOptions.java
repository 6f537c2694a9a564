package dev.raceharness.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database. */
final class ConnectionOptions {

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "jdbc:postgresql://HOST:PORT/DATABASE or postgresql://USER@HOST:PORT/DATABASE. What it"
                    + " does not say comes from PGHOST, PGPORT, PGDATABASE, PGUSER and PGPASSWORD.")
    @Nullable String url;

    @Option(
            names = "--test-database",
            paramLabel = "NAME",
            required = true,
            description = "Declares that the database of this name may be tampered with. If the connection leads to"
                    + " another one, nothing is touched.")
    String testDatabase = "";

    /** @throws WrongUseException if it cannot be reached, or is not the one that was declared to be for testing */
    Database open(Console console) {
        var database = Database.open(Address.of(url, console.environment()));
        try {
            database.facts().checkName(testDatabase);
            return database;
        } catch (WrongUseException e) {
            database.close();
            throw e;
        }
    }
}
