package dev.raceharness.command;

import dev.raceharness.report.Story;
import dev.raceharness.report.StoryPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the result goes, besides standard output. */
final class OutputOptions {

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result for programs; race replay takes"
            + " it.")
    @Nullable Path json;

    @Option(names = "--report", paramLabel = "FOLDER", description = "Writes a page for people, index.html, into"
            + " this folder.")
    @Nullable Path report;

    /** Said before the race, not after it. */
    void check() {
        if (json != null) {
            var folder = json.toAbsolutePath().getParent();
            if (Files.isDirectory(json) || folder == null || !Files.isDirectory(folder)) {
                throw new WrongUseException("--json names " + json + ": expected a file in a folder that exists.");
            }
        }
        if (report != null && Files.exists(report) && !Files.isDirectory(report)) {
            throw new WrongUseException("--report names " + report + ", which is a file: expected a folder.");
        }
    }

    void write(Result result, Story story) {
        if (json != null) {
            JsonFile.write(json, result);
        }
        if (report != null) {
            writePage(report, story);
        }
    }

    private static void writePage(Path folder, Story story) {
        try {
            StoryPage.write(folder, story);
        } catch (IOException e) {
            throw new WrongUseException("The report cannot be written to " + folder + ", which --report names: "
                    + e, e);
        }
    }
}
