package dev.raceharness.junit;

import dev.raceharness.report.RaceReport;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The report of all races of a test run, if the configuration parameter {@code race.report.folder} says where. JUnit
 * closes it at the end of the run.
 */
final class ReportOfRun implements AutoCloseable {

    private static final ExtensionContext.Namespace REPORTS = ExtensionContext.Namespace.create(ReportOfRun.class);

    private final RaceReport report;

    private ReportOfRun(RaceReport report) {
        this.report = report;
    }

    static RaceReport of(ExtensionContext context) {
        return context.getRoot()
                .getStore(REPORTS)
                .computeIfAbsent(ReportOfRun.class, type -> new ReportOfRun(open(context)), ReportOfRun.class)
                .report;
    }

    private static RaceReport open(ExtensionContext context) {
        return new RaceReport(
                path("folder", context), path("sources", context), path("audit", context), path("order", context));
    }

    private static Optional<Path> path(String name, ExtensionContext context) {
        return context.getConfigurationParameter("race.report." + name)
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    @Override
    public void close() {
        if (report.isWritten()) {
            System.out.println("\nraces\n" + report.write());
        }
    }
}
