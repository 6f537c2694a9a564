package dev.raceharness.command;

import dev.raceharness.Race;
import dev.raceharness.Run;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** A session of our own in the database, apart from the harness's. It only reads, but for what is to be observed. */
final class Database implements AutoCloseable {

    /** @param qualifiedName with its schema, quoted where need be */
    private record Table(String qualifiedName, boolean ours, String kind, String owner) {}

    private final DataSource dataSource;
    private final Connection connection;
    private final Facts facts;
    private final Map<String, Optional<Table>> tables = new HashMap<>();

    private Database(DataSource dataSource, Connection connection) throws SQLException {
        this.dataSource = dataSource;
        this.connection = connection;
        this.facts = query(Facts.QUERY, row -> new Facts(
                        row.getString(1), row.getInt(2), row.getString(3), row.getBoolean(4), row.getBoolean(5),
                        row.getBoolean(6), row.getBoolean(7)))
                .get(0);
    }

    @FunctionalInterface
    private interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** @throws WrongUseException if it cannot be reached */
    static Database open(Address address) {
        try {
            var dataSource = address.dataSource();
            var connection = dataSource.getConnection();
            try (var statement = connection.createStatement()) {
                statement.execute("SET application_name = 'race'; SET race.armed = 'off'");
                return new Database(dataSource, connection);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new WrongUseException("No connection as \"" + address.user() + "\" to " + address.jdbcUrl() + ": "
                    + e.getMessage() + "\nThe database is named by --url or by PGHOST, PGPORT and PGDATABASE, the"
                    + " role by PGUSER, its password by PGPASSWORD or ~/.pgpass.", e);
        }
    }

    Facts facts() {
        return facts;
    }

    /** Sessions for the harness, in the same database. */
    DataSource dataSource() {
        return dataSource;
    }

    /** @throws WrongUseException if the race cannot take place here */
    void check(RaceDefinition race) {
        var gates = race.gateSpecs();
        gates.forEach(gate -> gate.table().ifPresent(table -> checkGated(gate, table)));
        race.expectedTables().forEach(table -> existing(table, "--expect"));
        toBeWatched(race).stream().filter(table -> !isGated(race, table)).forEach(table -> checkOurs(table, "--expect"));
        if (gates.isEmpty() && !facts.superuser()) {
            checkThatAllTablesAreOurs();
        }
        if (gates.stream().anyMatch(gate -> gate.kind() == GateSpec.Kind.DDL) && !facts.superuser()) {
            throw new WrongUseException("A gate on DDL is an event trigger, which only a superuser can make; \""
                    + facts.role()
                    + "\" is none. Nothing was touched.");
        }
        if (race.explores() && !race.makesFreshData() && !facts.superuser()) {
            throw new WrongUseException("Every run needs fresh data. Either put {run} into the racers' commands, so"
                    + " that each run uses names of its own, or give a --before that resets the data; or name a"
                    + " superuser, who can put the tables back. Nothing was touched.");
        }
        if (race.explores() && !race.makesFreshData()) {
            checkThatAllCanBePutBack();
        }
        race.sessions().forEach(this::checkRole);
    }

    private void checkGated(GateSpec gate, String name) {
        existing(name, "--gate");
        if (gate.kind() != GateSpec.Kind.LOCK) {
            checkOurs(name, "--gate");
        }
        gate.condition().ifPresent(condition -> checkCondition(name, condition));
    }

    private Table existing(String name, String option) {
        var table = table(name).orElseThrow(() -> new WrongUseException("There is no table " + name + ", which " + option
                + " names, in the database \"" + facts.database() + "\". Nothing was touched.\nName it as SQL does: with"
                + " its schema where need be, in double quotes where it has capitals."));
        if (!"rp".contains(table.kind())) {
            throw new WrongUseException(name + ", which " + option + " names, is no table, but a view or the like: name"
                    + " the table behind it, which is what is written. Nothing was touched.");
        }
        return table;
    }

    private void checkOurs(String name, String option) {
        var table = existing(name, option);
        if (!table.ours()) {
            throw new WrongUseException("The role \"" + facts.role() + "\" does not own " + name + ", which " + option
                    + " names, so it can put no " + (option.equals("--gate") ? "gate" : "counter")
                    + " on it. Nothing was touched. Name its owner \"" + table.owner() + "\" or a superuser (PGUSER).");
        }
    }

    /** Of a false conjunction the server reads every part, and executes none. */
    private void checkCondition(String table, String condition) {
        try {
            text("SELECT FROM %1$s AS new, %1$s AS old WHERE false AND (%2$s)"
                    .formatted(table, Placeholders.fill(condition, Run.fresh())));
        } catch (SQLException e) {
            throw new WrongUseException("The condition \"" + condition + "\" of the gate on " + table + " is none: "
                    + e.getMessage() + "\nExpected SQL that is true or false, over the columns of NEW and OLD, for"
                    + " instance: when (NEW.name = 'x'). Nothing was touched.", e);
        }
    }

    private void checkThatAllTablesAreOurs() {
        var others = tables("NOT pg_has_role(c.relowner, 'USAGE')");
        if (!others.isEmpty()) {
            throw new WrongUseException("To find the gates, the harness watches every table, but \"" + facts.role()
                    + "\" does not own " + others.stream().limit(5).collect(Collectors.joining(", "))
                    + (others.size() > 5 ? " and " + (others.size() - 5) + " more" : "")
                    + ". Nothing was touched.\nName the tables that matter by --gate 'write on TABLE', or a"
                    + " superuser (PGUSER).");
        }
    }

    private void checkThatAllCanBePutBack() {
        var tables = tables(
                """
                NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')""");
        for (var table : tables) {
            var oneTooMany = "SELECT FROM %s OFFSET %d LIMIT 1".formatted(table, Race.MOST_ROWS_PUT_BACK);
            if (!query(oneTooMany, row -> table).isEmpty()) {
                var most = String.format(Locale.ROOT, "%,d", Race.MOST_ROWS_PUT_BACK);
                throw new WrongUseException("The table " + table + " has more than " + most + " rows, too many to be put"
                        + " back after every run. Nothing was touched.\nEither put {run} into the racers' commands, so that"
                        + " each run uses names of its own, or give a --before that resets the data; then nothing is put"
                        + " back.");
            }
        }
    }

    private void checkRole(String role) {
        if (query("SELECT 1 FROM pg_roles WHERE rolname = ?", row -> 1, role).isEmpty()) {
            throw new WrongUseException("There is no database role \"" + role + "\", which --sessions names. Nothing"
                    + " was touched. Name the role by which the application logs in; pg_stat_activity.usename shows"
                    + " it.");
        }
    }

    /** Tables that are not the server's, of which this is true. */
    private List<String> tables(String condition) {
        return query(
                """
                SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
                    AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND %s
                ORDER BY 1
                """
                        .formatted(condition),
                row -> row.getString(1));
    }

    private Optional<Table> table(String name) {
        return tables.computeIfAbsent(name, unknown -> {
            try {
                return query(
                                """
                                SELECT format('%I.%I', n.nspname, c.relname), pg_has_role(c.relowner, 'USAGE'),
                                    c.relkind, pg_get_userbyid(c.relowner)
                                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                                WHERE c.oid = to_regclass(?)
                                """,
                                row -> new Table(
                                        row.getString(1), row.getBoolean(2), row.getString(3), row.getString(4)),
                                unknown)
                        .stream()
                        .findFirst();
            } catch (WrongUseException notEvenAName) {
                return Optional.empty();
            }
        });
    }

    /**
     * Tables to be counted for what is expected of them: by the name that their gate has, if they have one. One that is not
     * ours may be held by a lock; its rows are counted then, and no more.
     */
    List<String> toBeWatched(RaceDefinition race) {
        var byGate = race.gateSpecs().stream().flatMap(gate -> gate.table().stream()).toList();
        return race.expectedTables().stream()
                .map(table -> byGate.stream().filter(gated -> isSame(gated, table)).findFirst().orElse(table))
                .filter(table -> !isGated(race, table) || table(table).filter(Table::ours).isPresent())
                .toList();
    }

    private boolean isGated(RaceDefinition race, String table) {
        return race.gateSpecs().stream().anyMatch(gate -> gate.table().filter(gated -> isSame(gated, table)).isPresent());
    }

    private boolean isSame(String table, String other) {
        return qualified(table).equals(qualified(other));
    }

    /** With its schema; as it is if there is no such table. */
    String qualified(String table) {
        return table(table).map(Table::qualifiedName).orElse(table);
    }

    /**
     * What this statement returns, one line a row, columns parted by a bar, as psql -At has it. A question mark is an
     * operator in it, not a parameter.
     */
    String text(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return String.join("\n", rows(statement, statement.execute(sql), row -> {
                var columns = new ArrayList<String>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    columns.add(row.getString(i) == null ? "" : row.getString(i));
                }
                return String.join("|", columns);
            }));
        }
    }

    private <T> List<T> query(String sql, RowMapper<T> mapper, String... parameters) {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            return rows(statement, statement.execute(), mapper);
        } catch (SQLException e) {
            throw new WrongUseException("The statement failed: " + e.getMessage() + "\n" + sql.strip(), e);
        }
    }

    private static <T> List<T> rows(Statement statement, boolean returns, RowMapper<T> mapper) throws SQLException {
        var found = new ArrayList<T>();
        if (returns) {
            try (var rows = statement.getResultSet()) {
                while (rows.next()) {
                    found.add(mapper.map(rows));
                }
            }
        }
        return found;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // The server has lost it already.
        }
    }
}
