package com.example.provisioning.invitation;

import java.time.Instant;
import java.util.UUID;

record Invitation(UUID id, Instant createdAt, Instant expiresAt, boolean accepted) {}
