package com.example.provisioning.workspace.job;

import com.example.provisioning.access.Member;
import com.example.provisioning.workspace.project.ProjectSection;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * The button that starts a job. Its first click turns it off; a second one that comes through all the same gets the job
 * that the first one started.
 */
@Controller
@RequestMapping("/workspaces/{workspaceId}/projects/{projectId}/generate")
class JobPage implements ProjectSection {

    private static final String IN_A_PAGE = "HX-Request";

    private final Jobs jobs;

    JobPage(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public String path() {
        return "generate";
    }

    @Override
    public String title() {
        return "Summary";
    }

    @GetMapping
    String read(
            Member member,
            @PathVariable UUID workspaceId,
            @PathVariable UUID projectId,
            @RequestHeader(name = IN_A_PAGE, defaultValue = "false") boolean inAPage,
            Model model) {
        model.addAttribute("job", jobs.latest(workspaceId, projectId, Kind.SUMMARY).orElse(null));
        model.addAttribute("generated", jobs.generated(workspaceId, projectId, Kind.SUMMARY).orElse(null));
        return inAPage ? "job/generate :: section" : "job/generate";
    }

    @PostMapping
    String start(
            Member member,
            @PathVariable UUID workspaceId,
            @PathVariable UUID projectId,
            @RequestHeader(name = IN_A_PAGE, defaultValue = "false") boolean inAPage,
            Model model) {
        jobs.start(member, projectId, Kind.SUMMARY, false);
        return inAPage
                ? read(member, workspaceId, projectId, true, model)
                : "redirect:/workspaces/%s/projects/%s/generate".formatted(workspaceId, projectId);
    }
}
