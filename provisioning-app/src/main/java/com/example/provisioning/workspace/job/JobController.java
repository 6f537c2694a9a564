package com.example.provisioning.workspace.job;

import com.example.provisioning.access.Member;
import com.example.provisioning.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/workspaces/{workspaceId}/projects/{projectId}")
class JobController {

    /** @param anew whether an active job is superseded; else it is the answer */
    record Order(@NotNull Kind kind, @Nullable Boolean anew) {}

    private final Jobs jobs;

    JobController(Jobs jobs) {
        this.jobs = jobs;
    }

    @PostMapping("/jobs")
    ResponseEntity<Job> start(
            Member member,
            @PathVariable UUID workspaceId,
            @PathVariable UUID projectId,
            @Valid @RequestBody Order order) {
        var job = jobs.start(member, projectId, order.kind(), Boolean.TRUE.equals(order.anew()));
        return ResponseEntity.accepted()
                .location(URI.create(
                        "/api/workspaces/%s/projects/%s/jobs/%s".formatted(workspaceId, projectId, job.id())))
                .body(job);
    }

    @GetMapping("/jobs/{id}")
    Job read(Member member, @PathVariable UUID workspaceId, @PathVariable UUID projectId, @PathVariable UUID id) {
        return jobs.find(workspaceId, projectId, id).orElseThrow(ProblemException::notFound);
    }

    @GetMapping("/generated/{kind}")
    Generated generated(
            Member member, @PathVariable UUID workspaceId, @PathVariable UUID projectId, @PathVariable Kind kind) {
        return jobs.generated(workspaceId, projectId, kind).orElseThrow(ProblemException::notFound);
    }
}
