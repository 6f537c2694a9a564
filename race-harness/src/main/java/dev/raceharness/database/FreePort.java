package dev.raceharness.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server that will listen in a second. One from the system's own range for outgoing connections, which is
 * what asking it for "any" gives, may be taken by a client before the server gets there.
 */
final class FreePort {
    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 30_000;
    private static final int TRIES = 100;

    private FreePort() {}

    static int find() {
        for (var i = 0; i < TRIES; i++) {
            var port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // in use: another one
            }
        }
        throw new NoDatabaseException("%d ports between %d and %d were tried for the embedded server, and none was free"
                .formatted(TRIES, LOWEST, HIGHEST));
    }
}
