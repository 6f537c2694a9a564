package com.example.provisioning.directory;

import java.util.UUID;

/** What there is now. */
record Provisioned(UUID organizationId, UUID workspaceId, UUID userId) {}
