package com.example.provisioning.invitation;

import static com.example.provisioning.membership.Role.OWNER;

import com.example.provisioning.access.Member;
import com.example.provisioning.identity.Person;
import com.example.provisioning.login.Login;
import com.example.provisioning.page.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class InvitationController {

    /** @param token in no other answer; whoever repeats the request under its Idempotency-Key does not get it either */
    record NewInvitation(UUID id, String token, Instant expiresAt) {}

    record Acceptance(@NotBlank @Size(max = 255) String token) {}

    record Joined(UUID organizationId) {}

    private final Invitations invitations;
    private final Login login;

    InvitationController(Invitations invitations, Login login) {
        this.invitations = invitations;
        this.login = login;
    }

    @PostMapping("/api/organizations/{organizationId}/invitations")
    @ResponseStatus(HttpStatus.CREATED)
    NewInvitation invite(Member member) {
        member.mustBe(OWNER);
        var token = InvitationToken.random();
        var invitation = invitations.create(member, token);
        return new NewInvitation(invitation.id(), token.text(), invitation.expiresAt());
    }

    /** The newest first. */
    @GetMapping("/api/organizations/{organizationId}/invitations")
    Page<Invitation> list(
            Member member,
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit) {
        member.mustBe(OWNER);
        return invitations.list(member.organizationId(), after, limit);
    }

    @DeleteMapping("/api/organizations/{organizationId}/invitations/{invitationId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(Member member, @PathVariable UUID invitationId) {
        member.mustBe(OWNER);
        invitations.withdraw(member, invitationId);
    }

    /** Who accepts an invitation may be new here, so it is a login, too. */
    @PostMapping("/api/invitations/accept")
    Joined accept(Person person, @Valid @RequestBody Acceptance acceptance) {
        var me = login.login(person);
        return new Joined(invitations.accept(new InvitationToken(acceptance.token()), me.user().id()));
    }
}
