package dev.raceharness;

import java.util.EnumSet;

/**
 * A place where racers are held. Tables are named as in SQL: schema-qualified and quoted where need be.
 *
 * <p>Each gate has a {@linkplain #label() label}; schedules name it in steps such as {@code ada:organization}.
 */
public sealed interface Gate permits WriteGate, CommitGate {

    /** After the application's check and inside the INSERT, before the row reaches the table and its unique indexes. */
    static WriteGate beforeInsertOn(String table) {
        return WriteGate.of(WriteGate.Moment.BEFORE, EnumSet.of(Operation.INSERT), table);
    }

    /** Inside the UPDATE, before it has locked any row, so that every racer really gets there. */
    static WriteGate beforeUpdateOn(String table) {
        return WriteGate.of(WriteGate.Moment.BEFORE, EnumSet.of(Operation.UPDATE), table);
    }

    /** Inside the DELETE, before it has locked any row. */
    static WriteGate beforeDeleteOn(String table) {
        return WriteGate.of(WriteGate.Moment.BEFORE, EnumSet.of(Operation.DELETE), table);
    }

    /** Before any INSERT, UPDATE or DELETE. */
    static WriteGate beforeWriteOn(String table) {
        return WriteGate.of(WriteGate.Moment.BEFORE, EnumSet.allOf(Operation.class), table);
    }

    /** The row is in the table and its indexes, not committed: whoever writes the same key waits for this racer. */
    static WriteGate afterInsertOn(String table) {
        return WriteGate.of(WriteGate.Moment.AFTER, EnumSet.of(Operation.INSERT), table);
    }

    static WriteGate afterUpdateOn(String table) {
        return WriteGate.of(WriteGate.Moment.AFTER, EnumSet.of(Operation.UPDATE), table);
    }

    static WriteGate afterDeleteOn(String table) {
        return WriteGate.of(WriteGate.Moment.AFTER, EnumSet.of(Operation.DELETE), table);
    }

    /** After any INSERT, UPDATE or DELETE: written, not committed. */
    static WriteGate afterWriteOn(String table) {
        return WriteGate.of(WriteGate.Moment.AFTER, EnumSet.allOf(Operation.class), table);
    }

    /** Inside the COMMIT of a transaction that wrote the table: everything is done but the commit itself. */
    static CommitGate beforeCommitAfter(String table) {
        return CommitGate.of(table);
    }

    /** What schedules call this gate. */
    String label();

    /** What people call this gate, for instance {@code before insert on organization}. */
    String description();

    String table();
}
