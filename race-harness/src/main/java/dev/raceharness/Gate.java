package dev.raceharness;

import dev.raceharness.WriteGate.Moment;
import java.util.EnumSet;
import java.util.Optional;

/**
 * A place where racers are held. Tables are named as in SQL: schema-qualified and quoted where need be.
 *
 * <p>Each gate has a {@linkplain #label() label}; schedules name it in steps such as {@code ada:organization}.
 */
public sealed interface Gate permits WriteGate, CommitGate, DdlGate, TableLockGate, HeldByGate, CallGate {

    /** After the application's check and inside the INSERT, before the row reaches the table and its unique indexes. */
    static WriteGate beforeInsertOn(String table) {
        return WriteGate.of(Moment.BEFORE, EnumSet.of(Operation.INSERT), table);
    }

    /** Inside the UPDATE, before it has locked any row, so that every racer really gets there. */
    static WriteGate beforeUpdateOn(String table) {
        return WriteGate.of(Moment.BEFORE, EnumSet.of(Operation.UPDATE), table);
    }

    /** Inside the DELETE, before it has locked any row. */
    static WriteGate beforeDeleteOn(String table) {
        return WriteGate.of(Moment.BEFORE, EnumSet.of(Operation.DELETE), table);
    }

    /** Before any INSERT, UPDATE or DELETE. */
    static WriteGate beforeWriteOn(String table) {
        return WriteGate.of(Moment.BEFORE, EnumSet.allOf(Operation.class), table);
    }

    /** The row is in the table and its indexes, not committed: whoever writes the same key waits for this racer. */
    static WriteGate afterInsertOn(String table) {
        return WriteGate.of(Moment.AFTER, EnumSet.of(Operation.INSERT), table);
    }

    /** The row is changed and locked, not committed. */
    static WriteGate afterUpdateOn(String table) {
        return WriteGate.of(Moment.AFTER, EnumSet.of(Operation.UPDATE), table);
    }

    /** The row is deleted, not committed. */
    static WriteGate afterDeleteOn(String table) {
        return WriteGate.of(Moment.AFTER, EnumSet.of(Operation.DELETE), table);
    }

    /** After any INSERT, UPDATE or DELETE: written, not committed. */
    static WriteGate afterWriteOn(String table) {
        return WriteGate.of(Moment.AFTER, EnumSet.allOf(Operation.class), table);
    }

    /** Inside the COMMIT of a transaction that wrote the table: everything is done but the commit itself. */
    static CommitGate beforeCommitAfter(String table) {
        return CommitGate.of(table);
    }

    /** Before a DDL command looks whether its object exists; alone this forces nothing. */
    static DdlGate beforeDdl() {
        return new DdlGate(DdlGate.Moment.START);
    }

    /** The object of a DDL command is made, not committed. */
    static DdlGate afterDdl() {
        return new DdlGate(DdlGate.Moment.END);
    }

    /** The harness locks the table, so that writers wait; no trigger is needed. */
    static TableLockGate tableLock(String table) {
        return new TableLockGate(table, false);
    }

    /**
     * The harness runs this statement and does not commit: {@code INSERT} of the contended key, or {@code SELECT ... FOR
     * UPDATE} of the contended row.
     */
    static HeldByGate heldBy(String sql) {
        return new HeldByGate(sql);
    }

    /** What schedules call this gate. */
    String label();

    /** What people call this gate, for instance {@code before insert on organization}. */
    String description();

    /** The table on which evidence is taken for it. */
    Optional<String> table();
}
