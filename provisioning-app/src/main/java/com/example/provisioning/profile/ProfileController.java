package com.example.provisioning.profile;

import com.example.provisioning.identity.EmailAddress;
import com.example.provisioning.identity.Handle;
import com.example.provisioning.identity.Person;
import com.example.provisioning.problem.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ProfileController {

    record NewHandle(@NotNull String handle) {}

    record NewEmail(@Schema(description = Profile.UNVERIFIED) @NotNull String email) {}

    private final Profiles profiles;

    ProfileController(Profiles profiles) {
        this.profiles = profiles;
    }

    @GetMapping("/api/me/profile")
    Profile profile(Person person) {
        return profiles.find(person);
    }

    @PutMapping("/api/me/handle")
    Profile changeHandle(Person person, @Valid @RequestBody NewHandle body) {
        var handle = Handle.of(body.handle())
                .orElseThrow(() -> ProblemException.invalid(
                        "handle", "must be 2 to 39 letters from a to z, digits, or hyphens between them"));
        return profiles.changeHandle(person, handle);
    }

    @PutMapping("/api/me/email")
    Profile changeEmail(Person person, @Valid @RequestBody NewEmail body) {
        var email = EmailAddress.of(body.email())
                .orElseThrow(() -> ProblemException.invalid("email", "must be an address"));
        return profiles.changeEmail(person, email);
    }
}
