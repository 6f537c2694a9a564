package com.example.provisioning.workspace.booking;

import com.example.provisioning.access.Member;
import com.example.provisioning.page.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/workspaces/{workspaceId}/resources")
class ResourceController {

    record NewResource(@NotBlank @Size(max = 255) String name, @Min(1) @Max(100_000) int capacity) {}

    private final Resources resources;

    ResourceController(Resources resources) {
        this.resources = resources;
    }

    @PostMapping
    ResponseEntity<Resource> create(
            Member member, @PathVariable UUID workspaceId, @Valid @RequestBody NewResource wanted) {
        var resource = resources.create(member, wanted.name(), wanted.capacity());
        var location = URI.create("/api/workspaces/%s/resources/%s".formatted(workspaceId, resource.id()));
        return ResponseEntity.created(location).body(resource);
    }

    @GetMapping
    Page<Resource> list(
            Member member,
            @PathVariable UUID workspaceId,
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit) {
        return resources.list(workspaceId, after, limit);
    }

    @GetMapping("/{id}")
    Resource read(Member member, @PathVariable UUID workspaceId, @PathVariable UUID id) {
        return resources.get(workspaceId, id);
    }
}
