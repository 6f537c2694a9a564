package com.example.provisioning.directory;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Both may be repeated as often as one likes: they answer what there is afterwards, whoever put it there. */
@RestController
@RequestMapping("/api/provisioning")
class DirectoryController {

    /** Somebody as their token would say it. */
    record Account(
            @NotBlank String issuer, @NotBlank String subject, @Nullable String name, @Nullable String email) {}

    /** @param owner owns it if it is new: an organization without an owner could not be administrated by anybody */
    record OrganizationRequest(
            @NotBlank String company, @NotNull @PositiveOrZero Integer seats, @NotNull @Valid Account owner) {}

    record UserRequest(@NotBlank String company, @NotNull @Valid Account user) {}

    private final Directory directory;

    DirectoryController(Directory directory) {
        this.directory = directory;
    }

    @PutMapping("/organizations")
    Provisioned organization(Principal client, @Valid @RequestBody OrganizationRequest request) {
        return directory.putOrganization(client.getName(), request.company(), request.owner(), request.seats());
    }

    @PutMapping("/users")
    Provisioned user(Principal client, @Valid @RequestBody UserRequest request) {
        return directory.putUser(client.getName(), request.company(), request.user());
    }
}
