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
}
