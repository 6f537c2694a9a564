package com.example.provisioning.invitation;

import static com.example.provisioning.membership.Role.OWNER;

import com.example.provisioning.access.Member;
import com.example.provisioning.identity.Person;
import com.example.provisioning.login.Login;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class InvitationController {

    /** The only answer that has the token. */
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

    @GetMapping("/api/organizations/{organizationId}/invitations")
    Page<Invitation> list(Member member, Pageable page) {
        member.mustBe(OWNER);
        return invitations.list(member.organizationId(), page);
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
