package com.example.provisioning.workspace.project;

import com.example.provisioning.access.Member;
import com.example.provisioning.page.Page;
import com.example.provisioning.problem.ProblemException;
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
@RequestMapping("/api/workspaces/{workspaceId}/projects/{projectId}/assets")
class AssetController {

    record NewAsset(@NotBlank @Size(max = 255) String name, @NotNull @Size(max = 100_000) String text) {}

    record Edit(
            @NotBlank @Size(max = 255) String name,
            @NotNull @Size(max = 100_000) String text,
            @NotNull Long version) {}

    private final Assets assets;
    private final Regeneration regeneration;

    AssetController(Assets assets, Regeneration regeneration) {
        this.assets = assets;
        this.regeneration = regeneration;
    }

    @PostMapping
    ResponseEntity<Asset> add(
            Member member,
            @PathVariable UUID workspaceId,
            @PathVariable UUID projectId,
            @Valid @RequestBody NewAsset wanted) {
        var asset = assets.add(member, projectId, wanted.name(), wanted.text());
        return ResponseEntity.created(URI.create(
                        "/api/workspaces/%s/projects/%s/assets/%s".formatted(workspaceId, projectId, asset.id())))
                .body(asset);
    }

    @GetMapping
    Page<Asset> list(
            Member member,
            @PathVariable UUID workspaceId,
            @PathVariable UUID projectId,
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit) {
        return assets.list(workspaceId, projectId, after, limit);
    }

    @GetMapping("/{id}")
    Asset read(Member member, @PathVariable UUID workspaceId, @PathVariable UUID projectId, @PathVariable UUID id) {
        return assets.find(workspaceId, projectId, id).orElseThrow(ProblemException::notFound);
    }

    @PutMapping("/{id}")
    Asset edit(
            Member member,
            @PathVariable UUID workspaceId,
            @PathVariable UUID projectId,
            @PathVariable UUID id,
            @Valid @RequestBody Edit edit) {
        return assets.edit(member, projectId, id, edit.version(), edit.name(), edit.text());
    }

    /** All of them; what somebody changes meanwhile is left alone. */
    @PostMapping("/regenerate")
    Regeneration.Result regenerate(Member member, @PathVariable UUID workspaceId, @PathVariable UUID projectId) {
        return regeneration.regenerate(member, projectId);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Member member, @PathVariable UUID workspaceId, @PathVariable UUID projectId, @PathVariable UUID id) {
        assets.remove(member, projectId, id);
    }
}
