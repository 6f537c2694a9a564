package dev.raceharness.command;

import dev.raceharness.report.Story;
import dev.raceharness.report.StoryPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
            if (folder == null || !Files.isDirectory(folder) || !canBeWritten(json)) {
                throw new WrongUseException(
                        "--json names " + json + ": expected a file in a folder that exists, where it can be written.");
            }
        }
        if (report != null && !canBeWritten(report.resolve("index.html"))) {
            throw new WrongUseException("--report names " + report + ": expected a folder that can be made or written.");
        }
    }

    /** This file, or the nearest folder around it that exists. */
    private static boolean canBeWritten(Path file) {
        if (Files.exists(file)) {
            return !Files.isDirectory(file) && Files.isWritable(file);
        }
        var folder = file.toAbsolutePath().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        return folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    }

    /** @return what could not be written, and why */
    List<String> write(Result result, Story story) {
        var failures = new ArrayList<String>();
        if (json != null) {
            try {
                JsonFile.write(json, result);
            } catch (IOException e) {
                failures.add("The result cannot be written to " + json + ", which --json names: " + e);
            }
        }
        if (report != null) {
            try {
                StoryPage.write(report, story);
            } catch (IOException e) {
                failures.add("The report cannot be written to " + report + ", which --report names: " + e);
            }
        }
        return failures;
    }
}
