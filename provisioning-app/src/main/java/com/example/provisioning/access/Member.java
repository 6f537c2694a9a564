package com.example.provisioning.access;

import com.example.provisioning.membership.Role;
import com.example.provisioning.problem.ProblemException;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The caller, in the organization that the path names or that the workspace in the path belongs to.
 *
 * @param workspaceId null where the path names no workspace
 */
public record Member(UUID userId, UUID organizationId, @Nullable UUID workspaceId, Role role) {

    /** The same member, of whom this role is known by now. */
    public Member in(Role other) {
        return new Member(userId, organizationId, workspaceId, other);
    }

    public void mustBe(Role needed) {
        if (role != needed) {
            throw ProblemException.forbidden("Only an %s of the organization may do this."
                    .formatted(needed.name().toLowerCase(Locale.ROOT)));
        }
    }
}
