package dev.raceharness.command;

import java.nio.file.Path;

/** The line that replays a result. */
final class Again {

    private Again() {}

    /** For sh. */
    static String line(ConnectionOptions connection, Path json) {
        return "race replay" + (connection.url == null ? "" : " --url " + quoted(connection.url)) + " --test-database "
                + quoted(connection.testDatabase) + " " + quoted(json.toString());
    }

    private static String quoted(String text) {
        return text.matches("[\\w@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
