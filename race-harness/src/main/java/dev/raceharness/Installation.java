package dev.raceharness;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The harness's schema in one database, with the triggers that were put on tables so far. */
final class Installation implements AutoCloseable {

    /** All in this database, in use or left behind: the comment on its schema, from install.sql, tells a harness. */
    static final String HARNESSES =
            """
            (SELECT oid, nspname, substring(comment FROM '^race-harness (\\d+)$')::bigint AS key
             FROM pg_namespace, obj_description(oid, 'pg_namespace') AS comment WHERE comment ~ '^race-harness \\d+$')
            """;

    private static final Duration TO_GET_A_TABLE = Duration.ofSeconds(5);

    /**
     * A table under watch.
     *
     * @param number its figures are in the tables attempted_, written_ and kept_number; 0 if only its rows are counted
     */
    record Watch(int number, String quotedTable) {}

    /** @param tableOid tells a table from the one of the same name that was dropped */
    private record PlacedGate(Gate gate, Arming arming, long tableOid) {}

    private record PlacedWatch(String table, Set<Operation> operations, Arming arming, long tableOid) {}

    private final HarnessSession session;
    private final Keys keys;
    private final int slots;
    private final Map<PlacedGate, Integer> gates = new HashMap<>();
    private final Map<PlacedWatch, Watch> watches = new HashMap<>();
    private final Map<String, Long> oids = new HashMap<>();
    private int nextGate = Keys.FIRST_GATE;
    private int nextWatch = 1;
    private final LeftBehind leftBehind = new LeftBehind();
    private final KnownBackends knownBackends = new KnownBackends();
    private ServerLog.@Nullable Access serverLog;

    private Installation(HarnessSession session, Keys keys, int slots) {
        this.session = session;
        this.keys = keys;
        this.slots = slots;
    }

    static Installation install(HarnessSession session, int slots) {
        removeLeftovers(session);
        var installation = new Installation(session, Keys.random(), slots);
        installation.takeLife();
        installation.script("install.sql", Map.of("slots", slots), "install the harness");
        return installation;
    }

    private void takeLife() {
        session.queryOne("SELECT pg_try_advisory_lock(?, ?)", row -> row.getBoolean(1), keys.liveness(), Keys.ALIVE);
    }

    /** Removes what harnesses left behind that were killed: their liveness lock died with their session. */
    static void removeLeftovers(HarnessSession session) {
        var schemas = session.query(
                "SELECT nspname, key FROM " + HARNESSES + " AS harness WHERE nspname LIKE 'race\\_%'",
                row -> Map.entry(row.getString(1), new Keys(row.getInt(2))));
        for (var schema : schemas) {
            var liveness = schema.getValue().liveness();
            if (session.queryOne(
                    "SELECT pg_try_advisory_lock(?, ?)", row -> row.getBoolean(1), liveness, Keys.ALIVE)) {
                try {
                    remove(session, schema.getKey());
                } catch (RaceSetupException e) {
                    // It is inert and in nobody's way: a later harness tries again.
                } finally {
                    session.queryOne("SELECT pg_advisory_unlock(?, ?)", row -> row.getBoolean(1), liveness, Keys.ALIVE);
                }
            }
        }
    }

    /** What the harness may know from the server's log. */
    ServerLog.Access serverLog() {
        var known = serverLog;
        if (known == null) {
            known = ServerLog.Access.of(session);
            serverLog = known;
        }
        return known;
    }

    KnownBackends knownBackends() {
        return knownBackends;
    }

    Keys keys() {
        return keys;
    }

    int slots() {
        return slots;
    }

    String schema() {
        return "race_" + keys.key();
    }

    /** The number of this gate, which is put on its table now unless it is there already. */
    int place(Gate gate, Arming arming) {
        return gates.computeIfAbsent(new PlacedGate(gate, arming, gate.table().map(this::oid).orElse(0L)), placed -> {
            if (!hasRoomFor(1)) {
                throw new RaceSetupException("More than " + (Keys.FIRST_SLOT - Keys.FIRST_GATE) + " different gates.");
            }
            // Never used again: of a gate that cannot be placed, some triggers may be there.
            var number = nextGate++;
            if (gate instanceof DdlGate ddl) {
                place(ddl, number, arming);
            }
            var triggers = TriggerDefinition.of(gate);
            for (int i = 0; i < triggers.size(); i++) {
                var holdsAt = gate instanceof CommitGate ? Keys.COMMIT : number;
                place(triggers.get(i), "~" + schema() + "_gate_" + number + "_" + i, holdsAt, armedIf(arming, number));
            }
            return number;
        });
    }

    private void place(DdlGate gate, int number, Arming arming) {
        script(
                "ddl-gate.sql",
                Map.of("event", gate.event(), "armed_if", armedIf(arming, number), "gate", number),
                "put up the gate \"" + gate.description() + "\"");
    }

    private void place(TriggerDefinition trigger, String name, int gate, String armed) {
        var armedIf = armed + trigger.condition().map(sql -> " AND (" + sql + ")").orElse("");
        script(
                "gate.sql",
                Map.of(
                        "trigger", name,
                        "kind", trigger.level().kind,
                        "event", trigger.event(),
                        "table", trigger.table(),
                        "level", trigger.level().clause,
                        "armed_if", armedIf,
                        "gate", gate),
                "put the gate \"" + trigger.event() + "\" on " + trigger.table());
    }

    Watch watch(String table, Set<Operation> operations, Arming arming) {
        return watches.computeIfAbsent(new PlacedWatch(table, operations, arming, oid(table)), placed -> {
            var number = nextWatch++;
            script(
                    "watch.sql",
                    Map.of(
                            "watch", number,
                            "table", table,
                            "operations",
                                    operations.stream().sorted().map(Enum::name).collect(Collectors.joining(" ")),
                            "armed_if", armedIf(arming, Keys.RACE)),
                    "watch " + table);
            return new Watch(number, quoted(table));
        });
    }

    LeftBehind leftBehind() {
        return leftBehind;
    }

    /** A watch that counts the rows of a table and installs nothing. */
    Watch watchRowsOnly(String table) {
        return new Watch(0, quoted(table));
    }

    private String quoted(String table) {
        return session.queryOne("SELECT ?::regclass::text", row -> row.getString(1), table);
    }

    /** Asks anew which tables these are: since the last race one may have been dropped, and another be called so. */
    void lookUpAgain(Batch batch, Set<String> tables) {
        oids.entrySet().removeIf(known -> known.getValue() == 0 || !tables.contains(known.getKey()));
        if (!oids.isEmpty()) {
            batch.ask(
                    "SELECT name, coalesce(to_regclass(name)::oid::bigint, 0) FROM unnest(?) AS name",
                    row -> oids.put(row.getString(1), row.getLong(2)),
                    (Object) oids.keySet().toArray(String[]::new));
        }
    }

    /** 0 if there is no such table; what then fails says so better. */
    private long oid(String table) {
        return oids.computeIfAbsent(table, name -> {
            try {
                return session.queryOne("SELECT coalesce(to_regclass(?)::oid::bigint, 0)", row -> row.getLong(1), name);
            } catch (RaceSetupException e) {
                return 0L;
            }
        });
    }

    /** Whether there are numbers left for so many gates. */
    boolean hasRoomFor(int more) {
        return nextGate + more <= Keys.FIRST_SLOT;
    }

    /** True only for sessions that take part, and only while the harness holds the lock. */
    private String armedIf(Arming arming, int lock) {
        return who(arming) + "NOT pg_catalog.pg_try_advisory_xact_lock_shared(" + keys.key() + ", " + lock + ")";
    }

    private String who(Arming arming) {
        var flag = "pg_catalog.current_setting('" + Arming.FLAG + "', true) ";
        if (arming instanceof Arming.BySessionFlag) {
            return flag + "= 'on' AND ";
        }
        var notDisarmed = flag + "IS DISTINCT FROM 'off' AND ";
        if (arming instanceof Arming.ByRole byRole) {
            return notDisarmed + byRole.roles().stream()
                    .map(role -> session.queryOne("SELECT quote_literal(?)", row -> row.getString(1), role))
                    .collect(Collectors.joining(", ", "session_user IN (", ") AND "));
        }
        return notDisarmed;
    }

    private void script(String name, Map<String, ?> settings, String purpose) {
        var all = new LinkedHashMap<String, Object>(settings);
        all.put("schema", schema());
        all.put("key", keys.key());
        script(session, name, all, purpose);
    }

    private static void script(HarnessSession session, String name, Map<String, ?> settings, String purpose) {
        try {
            HarnessSession.whileLocked(TO_GET_A_TABLE, () -> session.script(name, settings));
        } catch (SQLException e) {
            throw new RaceSetupException("The harness cannot " + purpose + ": " + e.getMessage() + cure(session, e), e);
        }
    }

    private static String cure(HarnessSession session, SQLException e) {
        return switch (String.valueOf(e.getSQLState())) {
            case "42501" -> "\nThe role of the harness must own the tables and may create a schema: give Race.on(...) the"
                    + " data source of the owner or of an administrator.";
            case "42809" -> "\nA gate stands on a table. For a view, name the table behind it: writes through the view are"
                    + " held there.";
            case "42P17" -> "\nThe condition does not fit the operation of the gate: only an UPDATE has both NEW and OLD, an"
                    + " INSERT has NEW, a DELETE has OLD.";
            case "42P01", "42602" -> "\nName the table as SQL does: with its schema, quoted where it has capitals.";
            case HarnessSession.LOCK_NOT_AVAILABLE -> "\nFor " + TO_GET_A_TABLE.toSeconds()
                    + " s an open transaction has been in the way:\n" + longTransactions(session)
                    + "End it first; a @Transactional test method is such a one.";
            default -> "";
        };
    }

    private static String longTransactions(HarnessSession session) {
        return session
                .query(
                        """
                        SELECT DISTINCT format('  %s: pid %s (%s) %s', l.relation::regclass, a.pid, a.state,
                                               left(regexp_replace(a.query, '\\s+', ' ', 'g'), 200))
                        FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_stat_activity a USING (pid)
                        WHERE l.granted AND c.relkind IN ('r', 'p') AND c.relnamespace <> 'pg_catalog'::regnamespace
                            AND a.datname = current_database() AND a.pid <> pg_backend_pid()
                            AND a.xact_start < clock_timestamp() - make_interval(secs => ?) * 0.9
                        """,
                        row -> row.getString(1) + "\n",
                        (double) TO_GET_A_TABLE.toSeconds())
                .stream()
                .collect(Collectors.joining());
    }

    private static void remove(HarnessSession session, String schema) {
        script(
                session,
                "remove.sql",
                Map.of("schema", schema),
                "remove its schema " + schema + ", which stays behind, inert, until the next harness removes it");
    }

    @Override
    public void close() {
        remove(session, schema());
    }
}
