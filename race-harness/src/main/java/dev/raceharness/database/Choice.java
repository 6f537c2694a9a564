package dev.raceharness.database;

import java.util.Map;

/** Which PostgreSQL the environment asks for. */
enum Choice {
    EXTERNAL,
    DOCKER,
    EMBEDDED,
    /** Docker where an engine answers, else embedded. */
    WHAT_IS_THERE;

    static final String URL = "RACE_DB_URL";
    static final String USER = "RACE_DB_USER";
    static final String PASSWORD = "RACE_DB_PASSWORD";
    static final String KIND = "RACE_DB";

    /** The way out that is always there, for messages. */
    static final String OWN_SERVER = URL + " with " + USER + " and " + PASSWORD;

    static Choice from(Map<String, String> environment) {
        if (!environment.getOrDefault(URL, "").isBlank()) {
            return EXTERNAL;
        }
        var kind = environment.getOrDefault(KIND, "").strip();
        return switch (kind) {
            case "" -> WHAT_IS_THERE;
            case "docker" -> DOCKER;
            case "embedded" -> EMBEDDED;
            default ->
                throw new NoDatabaseException(
                        "%s may be docker or embedded, but is \"%s\"; for a server of your own set %s instead"
                                .formatted(KIND, kind, OWN_SERVER));
        };
    }

    /** @throws NoDatabaseException if the server asked for cannot be had, or if none can */
    Server start(Map<String, String> environment) {
        return switch (this) {
            case EXTERNAL -> ExternalServer.from(environment);
            case DOCKER -> dockerOrNothing();
            case EMBEDDED -> EmbeddedServer.start(KIND + "=embedded is set");
            case WHAT_IS_THERE -> dockerElseEmbedded(environment);
        };
    }

    private static Server dockerOrNothing() {
        try {
            return docker(KIND + "=docker is set");
        } catch (NoDatabaseException e) {
            var message = """
                    %s=docker is set, but %s
                    Start a Docker engine that can get this image, or name one by DOCKER_HOST, or unset %1$s""";
            throw new NoDatabaseException(message.formatted(KIND, e.getMessage()), e);
        }
    }

    private static Server dockerElseEmbedded(Map<String, String> environment) {
        if (!DockerEngine.mayAnswer(environment)) {
            return EmbeddedServer.start("%s is not set and there is no Docker engine".formatted(URL));
        }
        try {
            return docker("%s is not set and a Docker engine answers".formatted(URL));
        } catch (NoDatabaseException e) {
            return EmbeddedServer.start("%s is not set and Docker was of no use: %s".formatted(URL, e.getMessage()));
        }
    }

    private static Server docker(String reason) {
        try {
            return DockerServer.start(reason);
        } catch (LinkageError e) { // Testcontainers is an optional dependency
            throw new NoDatabaseException(
                    "org.testcontainers:testcontainers-postgresql is not on the class path: " + e, e);
        }
    }
}
