package dev.raceharness;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Further databases on the server of the playground. */
final class Databases {

    private Databases() {}

    /** A database that nobody declared to be for testing. */
    static DataSource undeclared(String name) {
        Playground.sql("CREATE DATABASE " + name + " TEMPLATE template0");
        return named(name);
    }

    static PGSimpleDataSource named(String name) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(Playground.database().jdbcUrl());
        dataSource.setDatabaseName(name);
        dataSource.setUser(Playground.database().username());
        dataSource.setPassword(Playground.database().password());
        return dataSource;
    }

    static void drop(String name) {
        Playground.sql("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }
}
