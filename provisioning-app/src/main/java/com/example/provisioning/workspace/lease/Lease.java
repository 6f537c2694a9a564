package com.example.provisioning.workspace.lease;

import java.time.Instant;
import java.util.UUID;

/** @param held false if its time is over, or if it was given back */
public record Lease(String name, UUID holder, long token, Instant expiresAt, boolean held, String checkpoint) {}
