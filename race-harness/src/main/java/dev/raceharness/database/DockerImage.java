package dev.raceharness.database;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/** The image that a container is made of. */
record DockerImage(String name) {
    private static final int MINUTES_FOR_A_PULL = 10;

    /** The file holds nothing but the name: pinned there and in docker-compose.yml, which a test compares. */
    static DockerImage pinned() {
        return new DockerImage(Resource.text("docker-image.txt").strip());
    }

    /**
     * Pulls it unless it is there. Testcontainers would do so by itself, but goes on trying for two minutes where there
     * is no registry to be reached, with its own helper image first.
     *
     * @throws RuntimeException if there is no engine, or if the image cannot be pulled
     */
    void fetch() throws InterruptedException {
        var transport = DockerClientFactory.instance().getTransportConfig();
        try (var docker = DockerClientProviderStrategy.getClientForConfig(transport)) {
            var substituted = ImageNameSubstitutor.instance().apply(DockerImageName.parse(name));
            pullUnlessThere(docker, substituted.asCanonicalNameString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pullUnlessThere(DockerClient docker, String name) throws InterruptedException {
        try {
            docker.inspectImageCmd(name).exec();
        } catch (NotFoundException e) {
            docker.pullImageCmd(name).start().awaitCompletion(MINUTES_FOR_A_PULL, TimeUnit.MINUTES);
        }
    }
}
