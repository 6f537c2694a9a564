package dev.raceharness.database;

import java.io.File;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whether a Docker engine may be listening. Testcontainers finds it by itself, but logs an error with a stack trace
 * where there is none, which on most machines is no error; so it is asked only where one may answer.
 */
final class DockerEngine {
    private DockerEngine() {}

    static boolean mayAnswer(Map<String, String> environment) {
        return environment.containsKey("DOCKER_HOST") || places(environment).anyMatch(File::exists);
    }

    private static Stream<File> places(Map<String, String> environment) {
        var home = System.getProperty("user.home", "");
        return Stream.of(
                        "/var/run/docker.sock",
                        environment.getOrDefault("XDG_RUNTIME_DIR", home) + "/docker.sock",
                        home + "/.docker/run/docker.sock",
                        home + "/.docker/desktop/docker.sock",
                        home + "/.testcontainers.properties",
                        "\\\\.\\pipe\\docker_engine")
                .map(File::new);
    }
}
