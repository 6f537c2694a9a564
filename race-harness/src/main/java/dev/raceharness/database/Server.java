package dev.raceharness.database;

import org.postgresql.ds.PGSimpleDataSource;

/** A running PostgreSQL, before a database was made on it. */
sealed interface Server permits ExternalServer, DockerServer, EmbeddedServer {

    /** An administrator's, to a database that is there already. */
    PGSimpleDataSource administrator();

    /** In a few words that follow its version: "embedded". */
    String kind();

    /** Why it was chosen, as the end of a sentence. */
    String reason();

    /** Whether it goes on without us, so that our database must be dropped from it. */
    boolean outlivesUs();

    /** Ends what was started here, and only that. */
    void stop();
}
