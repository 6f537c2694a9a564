package dev.raceharness;

import java.util.Optional;

/** Holds every DDL command, by an event trigger; only a superuser can put it up. */
public record DdlGate(Moment moment) implements Gate {

    /** On which side of the command the gate stands. */
    public enum Moment {
        /** Before the command looks whether its object exists. */
        START,
        /** The object is made, not committed. */
        END
    }

    @Override
    public String label() {
        return moment == Moment.START ? "ddl" : "after-ddl";
    }

    @Override
    public String description() {
        return moment == Moment.START ? "before ddl" : "after ddl";
    }

    @Override
    public Optional<String> table() {
        return Optional.empty();
    }

    String event() {
        return moment == Moment.START ? "ddl_command_start" : "ddl_command_end";
    }

    @Override
    public String toString() {
        return description();
    }
}
