import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Fetches, checks and unpacks the Maven pinned in maven-wrapper.properties.
 *
 * <p>{@code mvnw} and {@code mvnw.cmd} run this file when that Maven is not in the cache yet, with any JDK from 17 on:
 * {@code java InstallMaven.java <maven-wrapper.properties> <folder to install into> <arguments for Maven>}.
 */
final class InstallMaven {

    private static final int CONNECT_SECONDS = 5;
    private static final int STALLED_SECONDS = 20;
    private static final boolean WINDOWS =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");

    private static final class Failure extends Exception {
        Failure(String whatToTell) {
            super(whatToTell);
        }
    }

    private final Path properties;
    private final String url;
    private final String sha256;
    private final String version;
    private final Path target;
    private final List<String> mavenArguments;

    private InstallMaven(Path properties, Path target, List<String> mavenArguments) throws IOException, Failure {
        var values = new Properties();
        try (var reader = Files.newBufferedReader(properties)) {
            values.load(reader);
        }
        this.properties = properties.toAbsolutePath();
        this.url = values.getProperty("distributionUrl", "").strip();
        this.sha256 = values.getProperty("distributionSha256Sum", "").strip();
        this.target = target.toAbsolutePath();
        this.mavenArguments = mavenArguments;
        if (!url.matches(".*/apache-maven-[^/]+-bin\\.zip") || !sha256.matches("[0-9a-f]{64}")) {
            throw new Failure("""
                    expected two properties in %s
                      distributionUrl=<any folder>/apache-maven-<version>-bin.zip
                      distributionSha256Sum=<64 digits, those of sha256sum of that file>
                    found
                      distributionUrl=%s
                      distributionSha256Sum=%s""".formatted(this.properties, url, sha256));
        }
        this.version = url.replaceFirst(".*/apache-maven-([^/]+)-bin\\.zip", "$1");
    }

    public static void main(String[] args) throws InterruptedException {
        var arguments = List.of(args);
        try {
            new InstallMaven(Path.of(args[0]), Path.of(args[1]), arguments.subList(2, args.length)).install();
        } catch (Failure failure) {
            System.err.println("mvnw: " + failure.getMessage());
            System.exit(1);
        } catch (IOException e) {
            System.err.printf("mvnw: could not install Maven into %s%n  %s%n", args[1], e);
            System.err.println("  Is the disk full, or the folder not yours? Set MAVEN_USER_HOME to use another.");
            System.exit(1);
        }
    }

    /** Works beside the target and renames at the end: whatever bears the target's name is complete. */
    private void install() throws IOException, InterruptedException, Failure {
        System.err.printf("mvnw: installing Maven %s into %s%n", version, target);
        Files.createDirectories(target.getParent());
        var work = Files.createTempDirectory(target.getParent(), "unfinished-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(work)));

        var archive = work.resolve("apache-maven-" + version + "-bin.zip");
        var origin = fetch(archive);
        check(archive, origin);
        unpack(archive, work);
        moveIntoPlace(work.resolve("apache-maven-" + version));
    }

    /** Returns where the archive came from. */
    private String fetch(Path archive) throws IOException, InterruptedException, Failure {
        var downloadError = download(archive);
        if (downloadError.isEmpty()) {
            return url;
        }
        Files.deleteIfExists(archive);
        var mavenError = fetchWithInstalledMaven(archive);
        if (mavenError.isEmpty()) {
            return artifact() + ", fetched by the installed mvn";
        }
        throw new Failure("""
                Maven %s is not installed yet, and neither way to fetch it worked.

                  from      %s
                  failed    %s
                  from      %s, by an installed mvn
                  failed    %s

                Any one of these cures it
                  - let this machine reach the address above; behind a proxy set https_proxy
                  - name a copy of that file which you can reach as distributionUrl in
                    %s
                  - install any older Maven (Debian, Ubuntu: package maven), with your company's repository in
                    ~/.m2/settings.xml if it has one: mvnw then fetches the pinned Maven through it
                  - fetch that file elsewhere, compare its SHA-256 with distributionSha256Sum, and rename
                    the folder that is in it to
                    %s""".formatted(
                version, url, downloadError.get(), artifact(), mavenError.get(), properties, target));
    }

    private String artifact() {
        return "org.apache.maven:apache-maven:" + version + ":zip:bin";
    }

    /** Returns why it failed, as the methods below do. */
    private Optional<String> download(Path archive) throws IOException, InterruptedException {
        var curl = onPath(WINDOWS ? "curl.exe" : "curl");
        if (curl.isPresent()) {
            return run(List.of(curl.get(), "-fsSL", "--connect-timeout", "" + CONNECT_SECONDS,
                    "--speed-limit", "1", "--speed-time", "" + STALLED_SECONDS, "-o", archive.toString(), url));
        }
        var wget = onPath(WINDOWS ? "wget.exe" : "wget");
        if (wget.isPresent()) {
            return run(List.of(wget.get(), "-nv", "-t", "1", "-T", "" + CONNECT_SECONDS,
                    "-O", archive.toString(), url));
        }
        return downloadWithJava(archive);
    }

    private Optional<String> downloadWithJava(Path archive) {
        try {
            var connection = URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(CONNECT_SECONDS * 1000);
            connection.setReadTimeout(STALLED_SECONDS * 1000);
            try (var content = connection.getInputStream()) {
                Files.copy(content, archive);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("java: " + e);
        }
    }

    private Optional<String> fetchWithInstalledMaven(Path archive) throws IOException, InterruptedException {
        var mvn = onPath(WINDOWS ? "mvn.cmd" : "mvn");
        if (mvn.isEmpty()) {
            return Optional.of("there is no mvn on the PATH");
        }
        var folder = archive.getParent();
        var command = new ArrayList<>(List.of(mvn.get(), "--batch-mode", "--quiet", "-Dstyle.color=never"));
        command.addAll(repositoryArguments());
        command.addAll(List.of("--file", emptyProject(folder).toString(), "dependency:copy",
                "-Dartifact=" + artifact(), "-DoutputDirectory=" + folder));
        return run(command);
    }

    /** An older Maven need not be able to read the project it is called for. */
    private static Path emptyProject(Path folder) throws IOException {
        return Files.writeString(folder.resolve("pom.xml"), """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>mvnw</groupId>
                  <artifactId>fetch-maven</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                </project>
                """);
    }

    /** Those of the caller's arguments that decide where artifacts come from and go to. */
    private List<String> repositoryArguments() {
        var given = new ArrayList<>(List.of(System.getenv().getOrDefault("MAVEN_ARGS", "").strip().split("\\s+")));
        given.addAll(mavenArguments);
        var kept = new ArrayList<String>();
        for (var each = given.iterator(); each.hasNext(); ) {
            var argument = each.next();
            if (argument.matches("-s|-gs|-P|-D|--settings|--global-settings|--activate-profiles|--define")) {
                kept.add(argument);
                if (each.hasNext()) {
                    kept.add(each.next());
                }
            } else if (argument.matches("-(s|gs|P|D|-settings=|-global-settings=).+|-o|--offline")) {
                kept.add(argument);
            }
        }
        return kept;
    }

    private static Optional<String> onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> new File(folder, program))
                .filter(File::canExecute)
                .map(File::getAbsolutePath)
                .findFirst();
    }

    private static Optional<String> run(List<String> command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("MAVEN_ARGS");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes());
        var exitCode = process.waitFor();
        if (exitCode == 0) {
            return Optional.empty();
        }
        return Optional.of(reason(output).orElse("%s: exit code %d".formatted(command.get(0), exitCode)));
    }

    /** Maven's first error, or else the first line that any program printed. */
    private static Optional<String> reason(String output) {
        var colour = "\u001b\\[[0-9;]*m";
        var lines = output.replaceAll(colour, "").lines().filter(line -> !line.isBlank()).toList();
        var errors = lines.stream().filter(line -> line.startsWith("[ERROR]"));
        return Stream.concat(errors, lines.stream()).findFirst();
    }

    private void check(Path archive, String origin) throws IOException, Failure {
        var found = sha256(archive);
        if (!found.equals(sha256)) {
            Files.delete(archive);
            throw new Failure("""
                    refused a Maven %s whose SHA-256 is not the pinned one. It is deleted, nothing is installed.

                      from      %s
                      expected  %s
                      found     %s

                    Usual causes
                      - a proxy's or a login page was answered instead of the file: open the address in a browser
                      - the file was damaged or replaced: compare it with the checksum its publisher states
                      - distributionUrl was changed and distributionSha256Sum was not: both are in
                        %s""".formatted(version, origin, sha256, found, properties));
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static void unpack(Path archive, Path folder) throws IOException {
        try (var zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var path = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(zip, path);
                }
            }
        }
    }

    private void moveIntoPlace(Path unpacked) throws IOException, Failure {
        try {
            Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            var anotherRunWasFaster = Files.exists(target.resolve("bin").resolve("mvn"));
            if (!anotherRunWasFaster && Files.exists(target)) {
                throw new Failure("%s exists but has no bin/mvn. Delete it and run mvnw again.".formatted(target));
            }
            if (!anotherRunWasFaster) {
                throw e;
            }
        }
    }

    private static void delete(Path folder) {
        try (var paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            System.err.printf("mvnw: could not delete %s: %s%n", folder, e);
        }
    }
}
