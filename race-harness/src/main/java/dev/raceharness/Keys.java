package dev.raceharness;

import java.util.concurrent.ThreadLocalRandom;

/** The advisory lock space of one installation; install.sql says what each number means. */
record Keys(int key) {

    static final int DOOR = 0;
    static final int RACE = 1;
    /** At which all gates before a COMMIT hold: a transaction that wrote several tables is held once. */
    static final int COMMIT = 2;

    static final int FIRST_GATE = 3;
    static final int FIRST_SLOT = 256;
    static final int ALIVE = 0;

    static Keys random() {
        return new Keys(8 * ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE / 8));
    }

    int announcements() {
        return key + 2;
    }

    int faults() {
        return key + 3;
    }

    int faultCodes() {
        return key + 4;
    }

    int arrivals() {
        return key + 5;
    }

    int heldBackends() {
        return key + 6;
    }

    int liveness() {
        return key + 7;
    }
}
