package com.example.races;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes constraints away while it is open, for broken twins. At the end it empties the tables, for what came in meanwhile
 * may violate them, and puts everything back.
 */
public final class WithoutConstraints implements AutoCloseable {

    /**
     * In the order in which they were created: keys come before the foreign keys that need them, and of two keys that one
     * row violates the older one is reported.
     */
    private static final String ALL = """
            select conname as name, conrelid::regclass::text as table_name,
                format('alter table %s drop constraint if exists %I cascade', conrelid::regclass, conname) as to_drop,
                format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
                    as to_create,
                contype = 'f' as is_foreign_key,
                greatest(oid, conindid) as age
            from pg_constraint
            where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'f', 'c')
            union all
            select indexrelid::regclass::text, indrelid::regclass::text,
                format('drop index if exists %s', indexrelid::regclass), pg_get_indexdef(indexrelid), false, indexrelid
            from pg_index
            where indisunique and indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
                and not exists (select from pg_constraint where conindid = indexrelid)
            order by is_foreign_key, age
            """;

    /**
     * As a truncation does, it waits for who still writes there, but it makes no new files. As in a replica: foreign keys and
     * triggers have no say in it.
     */
    private static final String EMPTY = """
            do $$
            declare
                filled regclass;
            begin
                set local session_replication_role = replica;
                for filled in
                    select oid from pg_class
                    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname not like 'flyway%'
                loop
                    execute format('lock table %s', filled);
                    execute format('delete from %s', filled);
                end loop;
            end
            $$
            """;

    private record Constraint(String name, String tableName, String toDrop, String toCreate) {}

    private final JdbcClient sql = RaceDatabase.sql();
    private final List<Constraint> all = present();

    private WithoutConstraints() {}

    /** @param names constraints or unique indexes; foreign keys that need them go too */
    public static WithoutConstraints named(String... names) {
        var without = new WithoutConstraints();
        // All are looked up before the first is dropped: a wrong name must not leave the database without the others.
        Stream.of(names).map(without::find).toList().forEach(constraint -> without.sql.sql(constraint.toDrop())
                .update());
        return without;
    }

    private Constraint find(String name) {
        return all.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no constraint or unique index \"" + name + "\": was it renamed in db/migration?"));
    }

    private List<Constraint> present() {
        return sql.sql(ALL).query(Constraint.class).list();
    }

    private void forEach(List<Constraint> constraints, Function<Constraint, String> statement) {
        sql.sql(constraints.stream().map(statement).collect(Collectors.joining(";\n"))).update();
    }

    /** What is gone comes back, and what is younger than it on the same table comes back after it. */
    @Override
    public void close() {
        sql.sql(EMPTY).update();
        var gone = gone();
        for (var younger = youngerThan(gone); !younger.isEmpty(); younger = youngerThan(gone)) {
            forEach(younger, Constraint::toDrop);
            gone = gone(); // and the foreign keys that needed them
        }
        forEach(gone, Constraint::toCreate);
    }

    private List<Constraint> gone() {
        var present = present();
        return all.stream().filter(constraint -> !present.contains(constraint)).toList();
    }

    private List<Constraint> youngerThan(List<Constraint> gone) {
        var tables = new HashSet<String>();
        var younger = new ArrayList<Constraint>();
        for (var constraint : all) {
            if (gone.contains(constraint)) {
                tables.add(constraint.tableName());
            } else if (tables.contains(constraint.tableName())) {
                younger.add(constraint);
            }
        }
        return younger;
    }
}
