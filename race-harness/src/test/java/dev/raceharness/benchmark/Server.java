package dev.raceharness.benchmark;

import dev.raceharness.Arming;
import dev.raceharness.Playground;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The one server of a run: started by the JVM that starts the benchmarks, named to those that do the work. */
final class Server {

    private static final String PREFIX = "race.benchmark.";

    private Server() {}

    static String[] jvmArguments() {
        var database = Playground.database();
        return new String[] {
            "-D" + PREFIX + "url=" + database.jdbcUrl(),
            "-D" + PREFIX + "user=" + database.username(),
            "-D" + PREFIX + "password=" + database.password()
        };
    }

    static PGSimpleDataSource dataSource() {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(System.getProperty(PREFIX + "url"));
        dataSource.setUser(System.getProperty(PREFIX + "user"));
        dataSource.setPassword(System.getProperty(PREFIX + "password"));
        return dataSource;
    }

    /** Sessions that carry the flag which arms the gates, as an application's are to. */
    static DataSource armedDataSource() {
        var dataSource = dataSource();
        dataSource.setOptions("-c " + Arming.FLAG + "=on");
        return dataSource;
    }

    static void sql(String... statements) throws SQLException {
        try (var connection = dataSource().getConnection();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
