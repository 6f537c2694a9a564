package dev.raceharness;

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
        if (tables.isEmpty()) {
            return new UniqueIndexes(List.of());
        }
        return new UniqueIndexes(List.copyOf(session.query(
                """
                SELECT c.relnamespace::regnamespace::text, c.relname, watched, NOT i.indimmediate
                FROM unnest(?) AS watched, LATERAL (
                    SELECT watched::regclass AS relid UNION SELECT relid FROM pg_partition_tree(watched::regclass)) AS t
                JOIN pg_index i ON i.indrelid = t.relid JOIN pg_class c ON c.oid = i.indexrelid
                WHERE i.indisunique
                """,
                row -> new Index(row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4)),
                (Object) tables.toArray(String[]::new))));
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
