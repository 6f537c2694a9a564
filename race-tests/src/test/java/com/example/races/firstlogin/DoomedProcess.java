package com.example.races.firstlogin;

import com.example.provisioning.identity.OrganizationName;
import dev.raceharness.database.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;

/** A process of its own that creates an organization, so that there is one to kill. */
final class DoomedProcess {

    private final ProcessBuilder command;
    private volatile Process process;

    DoomedProcess(OrganizationName name, TestDatabase database) {
        command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DoomedProcess.class.getName(),
                database.jdbcUrl(),
                database.username(),
                name.organizationId().toString(),
                name.key());
        command.environment().put("DOOMED_PASSWORD", database.password());
    }

    /** Comes back when it has ended. Nobody comes to a gate who is not a racer yet. */
    void run() throws IOException, InterruptedException {
        process = command.inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("The process ended with " + process.exitValue() + ".");
        }
    }

    /** It gets no chance to say goodbye to anybody. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    public static void main(String[] arguments) throws SQLException {
        var session = new Properties();
        session.setProperty("user", arguments[1]);
        session.setProperty("password", System.getenv("DOOMED_PASSWORD"));
        session.setProperty("options", "-c race.armed=on");
        var sql = "insert into organization (id, key, name) values (?, ?, 'Doomed')";
        try (var connection = DriverManager.getConnection(arguments[0], session);
                var insert = connection.prepareStatement(sql)) {
            connection.setAutoCommit(false);
            insert.setObject(1, UUID.fromString(arguments[2]));
            insert.setString(2, arguments[3]);
            insert.executeUpdate();
            connection.commit();
        }
    }
}
