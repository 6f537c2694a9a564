package com.example.provisioning.workspace.project;

import com.example.provisioning.access.Member;
import com.example.provisioning.page.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
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
@RequestMapping("/api/workspaces/{workspaceId}/projects")
class ProjectController {

    record NewProject(@NotBlank @Size(max = 255) String name) {}

    record Renaming(@NotBlank @Size(max = 255) String name, @NotNull Long version) {}

    private final Projects projects;

    ProjectController(Projects projects) {
        this.projects = projects;
    }

    @PostMapping
    ResponseEntity<Project> create(
            Member member, @PathVariable UUID workspaceId, @Valid @RequestBody NewProject wanted) {
        var project = projects.create(member, wanted.name());
        var location = URI.create("/api/workspaces/%s/projects/%s".formatted(workspaceId, project.id()));
        return ResponseEntity.created(location).body(project);
    }

    @GetMapping
    Page<Project> list(
            Member member,
            @PathVariable UUID workspaceId,
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit) {
        return projects.list(workspaceId, after, limit);
    }

    @GetMapping("/{id}")
    Project read(Member member, @PathVariable UUID workspaceId, @PathVariable UUID id) {
        return projects.get(workspaceId, id);
    }

    @PutMapping("/{id}")
    Project rename(
            Member member,
            @PathVariable UUID workspaceId,
            @PathVariable UUID id,
            @Valid @RequestBody Renaming renaming) {
        return projects.rename(member, id, renaming.version(), renaming.name());
    }

    /** Only an empty one. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Member member, @PathVariable UUID workspaceId, @PathVariable UUID id, @RequestParam long version) {
        projects.delete(member, id, version);
    }
}
