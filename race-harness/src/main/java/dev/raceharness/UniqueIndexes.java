package dev.raceharness;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The unique indexes of the tables of a race and of their partitions; a unique constraint is called as its index is. */
record UniqueIndexes(List<Index> indexes) {

    /**
     * @param watched the table of the race to which it belongs
     * @param deferrable whether it may be checked as late as at COMMIT
     */
    record Index(String schema, String name, String watched, boolean deferrable) {}

    /** Asks without locking the tables, as {@code pg_partition_tree} would: a racer may have them for itself. */
    static Batch.Answer<Index> ask(Batch batch, Collection<String> tables) {
        return batch.ask(
                """
                WITH RECURSIVE t (watched, relid) AS (
                    SELECT watched, watched::regclass::oid FROM unnest(?) AS watched
                    UNION
                    SELECT t.watched, p.oid FROM t JOIN pg_inherits h ON h.inhparent = t.relid
                        JOIN pg_class p ON p.oid = h.inhrelid AND p.relispartition)
                SELECT c.relnamespace::regnamespace::text, c.relname, t.watched, NOT i.indimmediate
                FROM t JOIN pg_index i ON i.indrelid = t.relid AND i.indisunique
                    JOIN pg_class c ON c.oid = i.indexrelid
                """,
                row -> new Index(row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4)),
                (Object) tables.toArray(String[]::new));
    }

    static UniqueIndexes of(Collection<String> tables, HarnessSession session) {
        var batch = session.batch();
        var indexes = ask(batch, tables);
        batch.send();
        return new UniqueIndexes(List.copyOf(indexes.rows()));
    }

    /** Those of the tables of the race that have an index of this name. */
    List<String> tablesWith(String name) {
        return indexes.stream()
                .filter(index -> index.name().equals(name))
                .map(Index::watched)
                .distinct()
                .toList();
    }

    Stream<Index> on(String table) {
        return indexes.stream().filter(index -> index.watched().equals(table));
    }

    /** The index that a message of the server names, in whatever language and quotes; one name may be part of another. */
    Optional<String> namedIn(String message) {
        return indexes.stream()
                .map(Index::name)
                .filter(name -> Pattern.compile("(?<![\\w$])" + Pattern.quote(name) + "(?![\\w$])")
                        .matcher(message)
                        .find())
                .max(Comparator.comparingInt(String::length));
    }
}
