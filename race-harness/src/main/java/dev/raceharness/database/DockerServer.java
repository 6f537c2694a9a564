package dev.raceharness.database;

import java.util.Objects;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A container of the official image; Testcontainers removes it if we are killed. */
record DockerServer(PostgreSQLContainer container, String reason) implements Server {

    /** @throws NoDatabaseException if no engine answers, or if the image cannot be had or does not start */
    @SuppressWarnings("resource") // stop() closes the container
    static DockerServer start(String reason) {
        var image = DockerImage.pinned();
        try {
            image.fetch();
            var container = new PostgreSQLContainer(image.name());
            container.withDatabaseName("postgres").withUsername("postgres").withPassword("postgres");
            container.setCommand(command());
            // the log of a ready server goes to the collector's file, where Testcontainers does not look for it
            container.waitingFor(Wait.forListeningPort());
            container.start();
            return new DockerServer(container, reason);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoDatabaseException("interrupted while pulling the image " + image.name(), e);
        } catch (RuntimeException e) {
            throw new NoDatabaseException(
                    "a container of the image %s could not be started: %s".formatted(image.name(), innermost(e)), e);
        }
    }

    private static String[] command() {
        var settings = EvidenceSettings.ofThrowawayServer().entrySet().stream()
                .flatMap(setting -> Stream.of("-c", setting.getKey() + "=" + setting.getValue()));
        return Stream.concat(Stream.of("postgres"), settings).toArray(String[]::new);
    }

    private static String innermost(Throwable failure) {
        var innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return Objects.requireNonNullElse(innermost.getMessage(), innermost.toString())
                .lines()
                .findFirst()
                .orElse("");
    }

    @Override
    public PGSimpleDataSource administrator() {
        var administrator = new PGSimpleDataSource();
        administrator.setURL(container.getJdbcUrl());
        administrator.setUser(container.getUsername());
        administrator.setPassword(container.getPassword());
        return administrator;
    }

    @Override
    public String kind() {
        return "Docker image " + container.getDockerImageName();
    }

    @Override
    public boolean outlivesUs() {
        return false;
    }

    @Override
    public void stop() {
        container.stop();
    }
}
