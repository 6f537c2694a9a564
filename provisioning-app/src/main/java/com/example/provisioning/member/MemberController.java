package com.example.provisioning.member;

import static com.example.provisioning.membership.Role.OWNER;

import com.example.provisioning.access.Member;
import com.example.provisioning.membership.Role;
import com.example.provisioning.page.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/organizations/{organizationId}/members")
class MemberController {

    record NewRole(@NotNull Role role) {}

    private final Members members;

    MemberController(Members members) {
        this.members = members;
    }

    @GetMapping
    Page<MemberView> list(
            Member member,
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit) {
        return members.list(member.organizationId(), after, limit);
    }

    @PutMapping("/{userId}/role")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changeRole(Member member, @PathVariable UUID userId, @Valid @RequestBody NewRole role) {
        member.mustBe(OWNER);
        members.changeRole(member, userId, role.role());
    }

    /** Everybody may leave; to remove somebody else takes an owner. */
    @DeleteMapping("/{userId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Member member, @PathVariable UUID userId) {
        if (!userId.equals(member.userId())) {
            member.mustBe(OWNER);
        }
        members.remove(member, userId);
    }
}
