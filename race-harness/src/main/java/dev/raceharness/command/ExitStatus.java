package dev.raceharness.command;

/** What the command ends with. Scripts rely on these. */
final class ExitStatus {

    /** No anomaly, expectations met. */
    static final int FINE = 0;
    /** An anomaly, or an expectation missed. */
    static final int ANOMALY = 1;
    /** Wrong use, or the database cannot be used. */
    static final int WRONG_USE = 2;
    /** The race did not take place. */
    static final int NOT_RACED = 3;
    /** A fault or time-out of the harness. */
    static final int FAULT = 4;

    private ExitStatus() {}
}
