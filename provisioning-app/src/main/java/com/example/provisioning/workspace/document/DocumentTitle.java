package com.example.provisioning.workspace.document;

import java.time.Instant;
import java.util.UUID;

/** A document as lists show it. */
public record DocumentTitle(UUID id, String title, long version, Instant savedAt) {}
