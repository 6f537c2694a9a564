package dev.raceharness.command;

import dev.raceharness.database.TestDatabase;
import java.io.IOException;

/** A database for scripts: prints where it is, as psql's environment variables, and keeps it until its input ends. */
final class DatabaseForScripts {

    private DatabaseForScripts() {}

    public static void main(String[] arguments) throws IOException {
        try (var database = TestDatabase.start()) {
            var server = database.jdbcUrl().replaceFirst("[^/]*//", "").replaceFirst("/.*", "");
            var colon = server.lastIndexOf(':');
            System.out.println("export PGHOST=" + (colon < 0 ? server : server.substring(0, colon))
                    + " PGPORT=" + (colon < 0 ? "5432" : server.substring(colon + 1)) + " PGDATABASE=" + database.name()
                    + " PGUSER=" + database.username() + " PGPASSWORD='" + database.password() + "'");
            System.out.flush();
            while (System.in.read() >= 0) {
                // Whoever started this closes our input, or ends.
            }
        }
    }
}
