package com.example.provisioning.workspace.project;

import com.example.provisioning.access.Member;
import com.example.provisioning.site.WorkspaceSection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
@Order(2)
@RequestMapping("/workspaces/{workspaceId}/projects")
class ProjectPage implements WorkspaceSection {

    record NewProject(@NotBlank @Size(max = 255) String name) {}

    record NewAsset(@NotBlank @Size(max = 255) String name, @NotNull @Size(max = 100_000) String text) {}

    private static final int AT_ONCE = 50;

    private final Projects projects;
    private final Assets assets;
    private final List<ProjectSection> sections;

    ProjectPage(Projects projects, Assets assets, List<ProjectSection> sections) {
        this.projects = projects;
        this.assets = assets;
        this.sections = sections;
    }

    @Override
    public String title() {
        return "Projects";
    }

    @Override
    public String path() {
        return "projects";
    }

    @GetMapping
    String list(
            Member member,
            @PathVariable UUID workspaceId,
            @RequestParam(required = false) @Nullable UUID after,
            Model model) {
        model.addAttribute("projects", projects.list(workspaceId, after, AT_ONCE));
        return "project/list";
    }

    @PostMapping
    String create(Member member, @PathVariable UUID workspaceId, @Valid NewProject wanted) {
        var project = projects.create(member, wanted.name());
        return "redirect:/workspaces/%s/projects/%s".formatted(workspaceId, project.id());
    }

    @GetMapping("/{id}")
    String read(
            Member member,
            @PathVariable UUID workspaceId,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID after,
            Model model) {
        model.addAttribute("project", projects.get(workspaceId, id));
        model.addAttribute("assets", assets.list(workspaceId, id, after, AT_ONCE));
        model.addAttribute("sections", sections);
        return "project/project";
    }

    @PostMapping("/{id}/assets")
    String add(Member member, @PathVariable UUID workspaceId, @PathVariable UUID id, @Valid NewAsset wanted) {
        assets.add(member, id, wanted.name(), wanted.text());
        return "redirect:/workspaces/%s/projects/%s".formatted(workspaceId, id);
    }

    @PostMapping("/{id}/assets/{assetId}/remove")
    String remove(Member member, @PathVariable UUID workspaceId, @PathVariable UUID id, @PathVariable UUID assetId) {
        assets.remove(member, id, assetId);
        return "redirect:/workspaces/%s/projects/%s".formatted(workspaceId, id);
    }
}
