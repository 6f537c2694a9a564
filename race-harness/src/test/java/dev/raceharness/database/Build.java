package dev.raceharness.database;

import java.io.PrintStream;
import java.sql.SQLException;
import java.util.Map;

/** A build in a JVM of its own, for {@link LeftoversTests}: it holds an embedded database until it is told to end. */
final class Build {
    private Build() {}

    public static void main(String[] arguments) throws Exception {
        var database = TestDatabase.start(Map.of(Choice.KIND, "embedded"), new PrintStream(System.err));
        System.out.println(postmaster(database));
        System.in.read();
        // no close(): ending in an orderly way is enough
    }

    private static String postmaster(TestDatabase database) throws SQLException {
        try (var connection = database.dataSource().getConnection()) {
            return Sql.strings(connection, "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)")
                    .get(0);
        }
    }
}
