package dev.raceharness.junit;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What became of the race that one test took. Thread-safe. */
final class RaceUse {

    private static final ExtensionContext.Namespace TESTS = ExtensionContext.Namespace.create(RaceUse.class);

    private final ExtensionContext test;
    private volatile boolean settled;

    private RaceUse(ExtensionContext test) {
        this.test = test;
    }

    static RaceUse of(ExtensionContext test) {
        return test.getStore(TESTS).computeIfAbsent(RaceUse.class, type -> new RaceUse(test), RaceUse.class);
    }

    /** That of the test itself or, in a dynamic test, that of its factory. */
    static Optional<RaceUse> find(ExtensionContext test) {
        return Optional.ofNullable(test.getStore(TESTS).get(RaceUse.class, RaceUse.class));
    }

    /** The test's name; for one invocation of a template, the template's name before it. */
    static String titleOf(ExtensionContext test) {
        return test.getParent()
                .filter(parent -> parent.getTestMethod().isPresent())
                .map(parent -> titleOf(parent) + " " + test.getDisplayName())
                .orElseGet(test::getDisplayName);
    }

    /** The race was asked to run, or the test has another reason for not being green. */
    void settle() {
        settled = true;
    }

    void report(String outcome) {
        System.out.println(outcome);
        test.publishReportEntry("race", outcome);
    }

    /** @throws IllegalStateException if the race was never run */
    void check() {
        if (!settled) {
            throw new IllegalStateException(titleOf(test) + " takes a Race and never ran it, so it proves nothing.\n"
                    + "A Race is immutable: end the sentence with .run(), or remove the parameter.");
        }
    }
}
