package dev.raceharness.command;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The result for programs, in a file. */
final class JsonFile {

    private static final Gson GSON = new GsonBuilder()
            .serializeNulls()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .create();

    private record Recorded(RaceDefinition race, String schedule) {}

    private JsonFile() {}

    static void write(Path file, Result result) throws IOException {
        Files.writeString(file, GSON.toJson(result) + "\n");
    }

    /** The race that was recorded, with the interleaving to be replayed. */
    static RaceDefinition read(Path file) {
        try {
            var recorded = GSON.fromJson(Files.readString(file), Recorded.class);
            if (recorded == null || recorded.race() == null || recorded.schedule() == null) {
                throw new WrongUseException(file + " records no interleaving: expected a file that --json of race"
                        + " check or race force wrote, of a race that took place.");
            }
            return recorded.race().withSchedule(recorded.schedule());
        } catch (NoSuchFileException e) {
            throw new WrongUseException("There is no file " + file + ": expected one that --json wrote.", e);
        } catch (IOException | JsonParseException e) {
            throw new WrongUseException(file + " is not what --json writes: " + e.getMessage(), e);
        }
    }
}
