package com.example.races.elsewhere;

import com.example.races.RaceDatabase;

/** A schema for one test, on the application's database and within its reach. */
final class Elsewhere {

    private Elsewhere() {}

    /** @param ddl creates tables in the schema {@code elsewhere} */
    static void create(String ddl) {
        drop();
        execute("create schema elsewhere;" + ddl + """
                ;
                grant usage on schema elsewhere to public;
                grant all on all tables in schema elsewhere to public;
                """);
    }

    static void execute(String sql) {
        RaceDatabase.sql().sql(sql).update();
    }

    static long count(String sql) {
        return RaceDatabase.sql().sql(sql).query(Long.class).single();
    }

    static void drop() {
        execute("drop schema if exists elsewhere cascade");
    }
}
