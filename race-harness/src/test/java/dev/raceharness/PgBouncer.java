package dev.raceharness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The pgbouncer of the PATH, in transaction pooling before the playground's server, for one role. */
final class PgBouncer implements AutoCloseable {

    private static final Duration TO_START = Duration.ofSeconds(10);

    private final Process process;
    private final Path folder;
    private final int port;
    private final String role;

    private PgBouncer(Process process, Path folder, int port, String role) {
        this.process = process;
        this.folder = folder;
        this.port = port;
        this.role = role;
    }

    static PgBouncer before(String role, int sessions) throws IOException {
        var port = freePort();
        var folder = Files.createTempDirectory("pgbouncer");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var users = folder.resolve("users.txt");
        Files.writeString(users, "\"%s\" \"\"%n".formatted(role));
        var configuration = folder.resolve("pgbouncer.ini");
        Files.writeString(
                configuration,
                """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = trust
                auth_file = %s
                pool_mode = transaction
                default_pool_size = %d
                ignore_startup_parameters = extra_float_digits
                """
                        .formatted(serverPort(), port, users, sessions));
        var process = new ProcessBuilder(command(configuration))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
        if (!Patience.await(TO_START, () -> listens(port))) {
            process.destroyForcibly();
            throw new IllegalStateException("pgbouncer did not start within " + TO_START.toSeconds() + " s: "
                    + Files.readString(folder.resolve("output.log")));
        }
        return new PgBouncer(process, folder, port, role);
    }

    private static List<String> command(Path configuration) {
        var command = new ArrayList<>(List.of("pgbouncer"));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("-u", "nobody")); // it refuses to run as root
        }
        command.add(configuration.toString());
        return command;
    }

    private static int serverPort() {
        var server = new PGSimpleDataSource();
        server.setUrl(Playground.database().jdbcUrl());
        return server.getPortNumbers()[0];
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Connections through it; prepared statements of the driver would not survive the change of the server's session. */
    DataSource dataSource() {
        var dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {port});
        dataSource.setDatabaseName(Playground.database().name());
        dataSource.setUser(role);
        dataSource.setPrepareThreshold(0);
        return dataSource;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().join();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
