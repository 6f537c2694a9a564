package com.example.provisioning.workspace.lease;

import com.example.provisioning.access.Member;
import com.example.provisioning.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/workspaces/{workspaceId}/leases/{name}")
class LeaseController {

    private static final String NAME = "[a-z0-9][a-z0-9-]{0,99}";

    record Term(@Min(1) @Max(3600) int seconds) {}

    record Renewal(@NotNull Long token, @Min(1) @Max(3600) int seconds) {}

    record Checkpoint(@NotNull Long token, @NotNull @Size(max = 10_000) String text) {}

    private final Leases leases;

    LeaseController(Leases leases) {
        this.leases = leases;
    }

    @PostMapping
    Lease take(
            Member member,
            @PathVariable UUID workspaceId,
            @PathVariable @Pattern(regexp = NAME) String name,
            @Valid @RequestBody Term term) {
        return leases.take(member, name, Duration.ofSeconds(term.seconds()));
    }

    @GetMapping
    Lease read(Member member, @PathVariable UUID workspaceId, @PathVariable String name) {
        return leases.find(workspaceId, name).orElseThrow(ProblemException::notFound);
    }

    @PutMapping
    Lease renew(
            Member member,
            @PathVariable UUID workspaceId,
            @PathVariable String name,
            @Valid @RequestBody Renewal renewal) {
        var time = Duration.ofSeconds(renewal.seconds());
        return leases.renew(member, name, renewal.token(), time);
    }

    @PutMapping("/checkpoint")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void write(
            Member member,
            @PathVariable UUID workspaceId,
            @PathVariable String name,
            @Valid @RequestBody Checkpoint checkpoint) {
        leases.write(member, name, checkpoint.token(), checkpoint.text());
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void release(Member member, @PathVariable UUID workspaceId, @PathVariable String name, @RequestParam long token) {
        leases.release(member, name, token);
    }
}
