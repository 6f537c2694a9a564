package dev.raceharness.command;

import dev.raceharness.CommitGate;
import dev.raceharness.Gate;
import dev.raceharness.WriteGate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A gate as the command line names it.
 *
 * @param table empty for DDL
 * @param condition SQL over NEW and OLD
 */
record GateSpec(Kind kind, Optional<String> table, Optional<String> condition) {

    enum Kind {
        INSERT("insert on", Gate::beforeInsertOn),
        UPDATE("update on", Gate::beforeUpdateOn),
        DELETE("delete on", Gate::beforeDeleteOn),
        WRITE("write on", Gate::beforeWriteOn),
        AFTER_INSERT("after insert on", Gate::afterInsertOn),
        AFTER_UPDATE("after update on", Gate::afterUpdateOn),
        AFTER_DELETE("after delete on", Gate::afterDeleteOn),
        AFTER_WRITE("after write on", Gate::afterWriteOn),
        COMMIT("commit after", Gate::beforeCommitAfter),
        LOCK("lock", Gate::tableLock),
        DDL("ddl", nothing -> Gate.beforeDdl());

        private final String words;
        private final Function<String, Gate> gate;

        Kind(String words, Function<String, Gate> gate) {
            this.words = words;
            this.gate = gate;
        }

        static Kind of(String words) {
            var plain = words.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
            return Stream.of(values()).filter(kind -> kind.words.equals(plain)).findFirst().orElseThrow();
        }
    }

    private static final Pattern GATE = Pattern.compile(
            """
            (?is) \\s* (?: before \\s+ )?
            (?<kind> (?:after\\s+)? (?:insert|update|delete|write) \\s+ on | commit\\s+after | lock | ddl) \\b
            (?: \\s+ (?! when \\b) (?<table> (?: [^\\s"()] | "(?: [^"] | "" )+" )+ ) )?
            (?: \\s* when \\s* \\( (?<condition> .* ) \\) )? \\s*
            """,
            Pattern.COMMENTS);

    static GateSpec parse(String text) {
        var found = GATE.matcher(text);
        if (!found.matches()) {
            throw new WrongUseException("'" + text + "' is no gate.\nExpected one of: insert on TABLE, update on TABLE,"
                    + " delete on TABLE, write on TABLE, after insert on TABLE, commit after TABLE, lock TABLE, ddl;"
                    + "\neach may be followed by: when (SQL over NEW and OLD).\n"
                    + "For instance: --gate 'insert on users', --gate 'update on sales.\"Order\" when (NEW.paid)'");
        }
        var spec = new GateSpec(
                Kind.of(found.group("kind")),
                Optional.ofNullable(found.group("table")),
                Optional.ofNullable(found.group("condition")));
        spec.check(text);
        return spec;
    }

    private void check(String text) {
        if (table.isPresent() == (kind == Kind.DDL)) {
            throw new WrongUseException("'" + text + "' is no gate: "
                    + (kind == Kind.DDL ? "ddl holds every DDL command, so it names no table." : "it names no table."));
        }
        if (condition.isPresent() && (kind == Kind.DDL || kind == Kind.LOCK)) {
            throw new WrongUseException("'" + text + "' is no gate: there is no row to judge at \"" + kind.words
                    + "\", so it can have no condition.");
        }
    }

    /** A DDL command is held at its start and at its end. */
    List<Gate> gates() {
        var gate = kind.gate.apply(table.orElse(""));
        return kind == Kind.DDL
                ? List.of(gate, Gate.afterDdl())
                : List.of(condition.map(sql -> when(gate, sql)).orElse(gate));
    }

    private static Gate when(Gate gate, String sql) {
        return gate instanceof WriteGate write ? write.when(sql) : ((CommitGate) gate).when(sql);
    }

    /** In the words of the command line, the table by this name. */
    String describe(Function<String, String> nameOf) {
        return kind.words + table.map(name -> " " + nameOf.apply(name)).orElse("")
                + condition.map(sql -> " when (" + sql + ")").orElse("");
    }
}
