package com.example.provisioning.audit;

import java.time.Instant;

record AuditEntry(long id, String actor, String action, String target, Instant happenedAt) {}
