package dev.raceharness;

import io.zonky.test.db.postgres.util.ArchUtils;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's own program for interleavings, which is among the embedded binaries, whatever server is used here. */
final class Isolationtester {

    private static final String PROGRAM = "isolationtester";

    private Isolationtester() {}

    /** The program, beside the libraries that it needs. */
    static Path unpackedTo(Path folder) throws IOException {
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
        return program;
    }
}
