package com.example.provisioning.login;

import com.example.provisioning.membership.Membership;
import com.example.provisioning.membership.Role;
import com.example.provisioning.organization.Organization;
import com.example.provisioning.user.User;
import com.example.provisioning.workspace.Workspace;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who one is and where one belongs: the same answer to the winner of a race, to its losers, and at every return. */
public record Me(Account user, Place organization, Place workspace, Role role) {

    public record Account(UUID id, String name, @Nullable String email) {}

    public record Place(UUID id, String name) {}

    public Me(User user, Organization organization, Workspace workspace, Membership membership) {
        this(
                new Account(user.id(), user.displayName(), user.email()),
                new Place(organization.id(), organization.name()),
                new Place(workspace.id(), workspace.name()),
                membership.role());
    }
}
