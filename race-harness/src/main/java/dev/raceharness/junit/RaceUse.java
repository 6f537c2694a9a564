package dev.raceharness.junit;

import dev.raceharness.report.Story;
import dev.raceharness.report.TestedRace;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What became of the race that one test took. Thread-safe. */
final class RaceUse {

    private static final ExtensionContext.Namespace TESTS = ExtensionContext.Namespace.create(RaceUse.class);

    private final ExtensionContext test;
    private final List<Story> stories = new CopyOnWriteArrayList<>();
    private final List<String> blocks = new CopyOnWriteArrayList<>();
    private volatile boolean settled;
    private volatile @Nullable Throwable failure;

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

    /** That of a dynamic test; and it is reason enough for there being no race. */
    void failed(Throwable thrown) {
        settle();
        failure = thrown;
    }

    /** With a report a block for each race would be too much on the console: it is there if the test is red. */
    void report(String block, Story story) {
        if (ReportOfRun.of(test).isWritten()) {
            stories.add(story);
            blocks.add(block);
        } else {
            System.out.println(block);
        }
        test.publishReportEntry("race", block);
    }

    /** @throws IllegalStateException if the test has no other reason for being red, and the race was never run */
    void end() {
        var neverRun = neverRun();
        var thrown = test.getExecutionException().or(() -> Optional.ofNullable(failure)).or(() -> neverRun);
        thrown.ifPresent(reason -> blocks.forEach(System.out::println));
        tell(new TestedRace(
                test.getRequiredTestClass().getName(),
                test.getRequiredTestMethod().getName(),
                titleOf(test),
                stories,
                thrown.map(Throwable::toString)));
        neverRun.ifPresent(reason -> {
            throw reason;
        });
    }

    private void tell(TestedRace tested) {
        var report = ReportOfRun.of(test);
        if (report.isWritten()) {
            System.out.println(tested);
            report.add(tested);
        }
    }

    private Optional<IllegalStateException> neverRun() {
        return settled || test.getExecutionException().isPresent()
                ? Optional.empty()
                : Optional.of(new IllegalStateException(
                        titleOf(test) + " takes a Race and never ran it, so it proves nothing.\n"
                                + "A Race is immutable: end the sentence with .run(), or remove the parameter."));
    }
}
