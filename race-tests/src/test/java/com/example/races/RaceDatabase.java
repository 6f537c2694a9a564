package com.example.races;

import dev.raceharness.database.TestDatabase;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The one database of all races: the application runs on it as in production, the harness as its administrator. */
public final class RaceDatabase {

    private static final TestDatabase DATABASE = TestDatabase.startUntilClosed();

    static {
        SpringApplication.getShutdownHandlers().add(DATABASE::close);
    }

    private RaceDatabase() {}

    public static TestDatabase database() {
        return DATABASE;
    }

    public static DataSource ownerDataSource() {
        return DATABASE.dataSource();
    }

    /** Looks past the application. */
    public static JdbcClient sql() {
        return JdbcClient.create(ownerDataSource());
    }
}
