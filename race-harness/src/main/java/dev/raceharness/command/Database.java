package dev.raceharness.command;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
        race.sessions().forEach(this::checkRole);
    }

    private void checkGated(GateSpec gate, String name) {
        var table = table(name).orElseThrow(() -> new WrongUseException("There is no table " + name
                + ", which --gate names, in the database \"" + facts.database() + "\". Nothing was touched.\nName it"
                + " as SQL does: with its schema where need be, in double quotes where it has capitals."));
        if (!"rp".contains(table.kind())) {
            throw new WrongUseException(name + " is no table, but a view or the like: name the table behind it,"
                    + " where writes through it are held. Nothing was touched.");
        }
        if (!table.ours() && gate.kind() != GateSpec.Kind.LOCK) {
            throw new WrongUseException("The role \"" + facts.role() + "\" does not own " + name + ", so it can put"
                    + " no gate on it. Nothing was touched. Name its owner \""
                    + table.owner() + "\" or a superuser (PGUSER).");
        }
    }

    private void checkThatAllTablesAreOurs() {
        var others = query(
                """
                SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
                    AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND NOT pg_has_role(c.relowner, 'USAGE')
                ORDER BY 1
                """,
                row -> row.getString(1));
        if (!others.isEmpty()) {
            throw new WrongUseException("To find the gates, the harness watches every table, but \"" + facts.role()
                    + "\" does not own " + others.stream().limit(5).collect(Collectors.joining(", "))
                    + (others.size() > 5 ? " and " + (others.size() - 5) + " more" : "")
                    + ". Nothing was touched.\nName the tables that matter by --gate 'write on TABLE', or a"
                    + " superuser (PGUSER).");
        }
    }

    private void checkRole(String role) {
        if (query("SELECT 1 FROM pg_roles WHERE rolname = ?", row -> 1, role).isEmpty()) {
            throw new WrongUseException("There is no database role \"" + role + "\", which --sessions names. Nothing"
                    + " was touched. Name the role by which the application logs in; pg_stat_activity.usename shows"
                    + " it.");
        }
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

    /** With its schema; as it is if there is no such table. */
    String qualified(String table) {
        return table(table).map(Table::qualifiedName).orElse(table);
    }

    /** What this statement returns, one line a row, columns parted by a bar, as psql -At has it. */
    String text(String sql) {
        return String.join("\n", query(sql, row -> {
            var columns = new ArrayList<String>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                columns.add(row.getString(i) == null ? "" : row.getString(i));
            }
            return String.join("|", columns);
        }));
    }

    private <T> List<T> query(String sql, RowMapper<T> mapper, String... parameters) {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            var found = new ArrayList<T>();
            if (statement.execute()) {
                try (var rows = statement.getResultSet()) {
                    while (rows.next()) {
                        found.add(mapper.map(rows));
                    }
                }
            }
            return found;
        } catch (SQLException e) {
            throw new WrongUseException("The statement failed: " + e.getMessage() + "\n" + sql.strip(), e);
        }
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
