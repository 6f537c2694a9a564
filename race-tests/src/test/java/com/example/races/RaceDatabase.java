package com.example.races;

import com.zaxxer.hikari.HikariDataSource;
import dev.raceharness.database.TestDatabase;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The one database of all races: the application runs on it as in production, the harness as its administrator. */
public final class RaceDatabase {

    private static final TestDatabase DATABASE = TestDatabase.startUntilClosed();
    private static final HikariDataSource SESSIONS = sessions();

    static {
        SpringApplication.getShutdownHandlers().add(() -> {
            SESSIONS.close();
            DATABASE.close();
        });
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
        return JdbcClient.create(SESSIONS);
    }

    /** A session takes longer to begin than most of what is asked in it. */
    private static HikariDataSource sessions() {
        var sessions = new HikariDataSource();
        sessions.setPoolName("past the application");
        sessions.setDataSource(ownerDataSource());
        sessions.setMinimumIdle(1);
        return sessions;
    }
}
