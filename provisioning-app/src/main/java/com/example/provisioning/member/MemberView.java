package com.example.provisioning.member;

import com.example.provisioning.membership.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

public record MemberView(UUID userId, String name, @Nullable String email, Role role, Instant since) {}
