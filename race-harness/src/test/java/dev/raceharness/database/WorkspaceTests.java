package dev.raceharness.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTests {

    private static final long FOUR_GIB = 4L << 30;

    @Test
    void dataAreKeptInMemoryOnlyWithRoomForFarMoreThanTestsNeed() {
        assertThat(Workspace.isRoomyMemory("tmpfs", FOUR_GIB)).isTrue();
        assertThat(Workspace.isRoomyMemory("tmpfs", FOUR_GIB - 1)).isFalse();
        assertThat(Workspace.isRoomyMemory("ext4", 100 * FOUR_GIB)).isFalse();
    }

    @Test
    void whereThereIsNoSuchFolderTheyAreNot(@TempDir Path folder) throws IOException {
        assertThat(Workspace.isRoomyMemory(folder.resolve("shm"))).isFalse();
    }
}
