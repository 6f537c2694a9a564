package com.example.provisioning.workspace.document;

import java.time.Instant;
import java.util.UUID;

public record Document(UUID id, String title, String text, long version, Instant savedAt) {}
