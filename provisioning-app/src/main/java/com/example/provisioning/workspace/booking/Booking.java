package com.example.provisioning.workspace.booking;

import java.time.Instant;
import java.util.UUID;

public record Booking(UUID id, UUID resourceId, UUID userId, int places, Instant createdAt) {}
