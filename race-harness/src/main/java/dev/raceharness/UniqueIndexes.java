package dev.raceharness;

import java.util.ArrayList;
import java.util.Collection;
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

    static UniqueIndexes of(Collection<String> tables, HarnessSession session) {
        var indexes = new ArrayList<Index>();
        tables.forEach(table -> indexes.addAll(session.query(
                """
                SELECT c.relnamespace::regnamespace::text, c.relname, NOT i.indimmediate
                FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                WHERE i.indisunique AND (i.indrelid = ?::regclass
                    OR i.indrelid IN (SELECT relid FROM pg_partition_tree(?::regclass)))
                """,
                row -> new Index(row.getString(1), row.getString(2), table, row.getBoolean(3)),
                table,
                table)));
        return new UniqueIndexes(List.copyOf(indexes));
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

    /** The index that a message of the server names, in whatever language and quotes. */
    Optional<String> namedIn(String message) {
        return indexes.stream()
                .map(Index::name)
                .filter(name -> Pattern.compile("(?<![\\w$])" + Pattern.quote(name) + "(?![\\w$])")
                        .matcher(message)
                        .find())
                .findFirst();
    }
}
