package com.example.provisioning.workspace.project;

import java.util.UUID;

public record Project(UUID id, String name, int assetCount, long version) {}
