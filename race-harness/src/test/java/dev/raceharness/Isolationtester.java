package dev.raceharness;

import io.zonky.test.db.postgres.util.ArchUtils;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's own program for interleavings, which is among the embedded binaries, whatever server is used here. */
public final class Isolationtester {

    private static final String PROGRAM = "isolationtester";
    private static final int SECONDS_TO_END = 30;

    private final Path folder;

    private Isolationtester(Path folder) {
        this.folder = folder;
    }

    /** The program, beside the libraries that it needs. */
    public static Isolationtester unpackedTo(Path folder) throws IOException {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        var archive = "/postgres-%s-%s.txz".formatted(system, ArchUtils.normalize(System.getProperty("os.arch")));
        try (var packed = Objects.requireNonNull(Isolationtester.class.getResourceAsStream(archive), archive);
                var files = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
            for (var entry = files.getNextEntry(); entry != null; entry = files.getNextEntry()) {
                var path = Path.of(entry.getName());
                var target = folder.resolve(path.getFileName());
                var library = path.getParent() != null && path.getParent().endsWith("lib");
                if (library && entry.isSymbolicLink() && Files.notExists(target)) {
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else if (entry.isFile() && (library || path.endsWith(PROGRAM))) {
                    Files.copy(files, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        var program = folder.resolve(PROGRAM);
        if (!program.toFile().setExecutable(true)) {
            throw new IOException(program + " cannot be made executable.");
        }
        return new Isolationtester(folder);
    }

    /**
     * What it prints.
     *
     * @throws IllegalStateException if it does not end within 30 s, or not well
     */
    public String run(String spec, String jdbcUrl, String user, @Nullable String password)
            throws IOException, InterruptedException {
        var database = new PGSimpleDataSource();
        database.setUrl(jdbcUrl);
        var file = Files.writeString(folder.resolve("tested.spec"), spec);
        var output = folder.resolve("output");
        var program = new ProcessBuilder(
                        folder.resolve(PROGRAM).toString(),
                        "host=%s port=%d dbname=%s user=%s"
                                .formatted(
                                        database.getServerNames()[0],
                                        database.getPortNumbers()[0],
                                        database.getDatabaseName(),
                                        user))
                .redirectInput(file.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        program.environment().put("PGPASSWORD", password == null ? "" : password);
        program.environment().put("LD_LIBRARY_PATH", folder.toString());
        program.environment().put("DYLD_LIBRARY_PATH", folder.toString());
        var running = program.start();
        var ended = running.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
        var printed = Files.readString(output, StandardCharsets.UTF_8);
        if (!ended || running.exitValue() != 0) {
            running.destroyForcibly();
            throw new IllegalStateException(printed + "\n" + spec);
        }
        return printed;
    }
}
