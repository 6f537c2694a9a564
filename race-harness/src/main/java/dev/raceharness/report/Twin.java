package dev.raceharness.report;

/** The part that a test plays beside the others of its class, by the word with which its description begins. */
enum Twin {
    BROKEN,
    FIXED;

    /** What is broken or fixed by half shows an anomaly, too. Whoever says nothing proves something that holds. */
    static Twin of(String description) {
        return description.startsWith("Broken") || description.startsWith("Half fixed") ? BROKEN : FIXED;
    }
}
