package com.example.provisioning.workspace.project;

import java.util.UUID;

public record Asset(UUID id, UUID projectId, String name, String text, long version) {}
