package com.example.provisioning.workspace.job;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

public record Job(
        UUID id,
        UUID projectId,
        Kind kind,
        long generation,
        State state,
        Instant createdAt,
        @Nullable Instant endedAt) {

    public enum State {
        ACTIVE,
        DONE,
        FAILED,
        SUPERSEDED
    }
}
