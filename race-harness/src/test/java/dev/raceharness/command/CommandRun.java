package dev.raceharness.command;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.raceharness.Playground;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One call of the command, in this process. */
record CommandRun(int status, String out, String err) {

    static final String TEST_DATABASE = "--test-database=" + Playground.database().name();

    /** In the database of the tests. */
    static CommandRun run(String command, String... arguments) {
        var all = new ArrayList<>(List.of(command, TEST_DATABASE));
        all.addAll(List.of(arguments));
        return raw(environment(), all.toArray(String[]::new));
    }

    /** Nothing but these arguments. */
    static CommandRun raw(Map<String, String> environment, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var console = new Console(environment, new PrintStream(out, true), new PrintStream(err, true), false, false);
        var status = Main.run(console, arguments);
        return new CommandRun(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** How psql would be told where the database is. */
    static Map<String, String> environment() {
        var database = Playground.database();
        var server = URI.create(database.jdbcUrl().substring("jdbc:".length()));
        return new HashMap<>(Map.of(
                "PGHOST", server.getHost(),
                "PGPORT", String.valueOf(server.getPort() < 0 ? 5432 : server.getPort()),
                "PGDATABASE", database.name(),
                "PGUSER", database.username(),
                "PGPASSWORD", database.password()));
    }

    static JsonObject json(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }
}
