package dev.raceharness.database;

import java.io.PrintStream;
import java.util.Map;

/** An application in a JVM of its own, for {@link EndOfTheJvmTests}: it has a query under way when the JVM ends. */
final class UnfinishedApplication {
    private UnfinishedApplication() {}

    public static void main(String[] arguments) {
        var database = TestDatabase.startUntilClosed(Map.of(Choice.KIND, "embedded"), new PrintStream(System.err));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(database)));
    }

    private static void finish(TestDatabase database) {
        try (database;
                var connection = database.dataSource().getConnection()) {
            System.out.println(Sql.strings(connection, "SELECT 'finished' FROM pg_sleep(1)"));
        } catch (Exception e) {
            System.out.println(e);
        }
    }
}
