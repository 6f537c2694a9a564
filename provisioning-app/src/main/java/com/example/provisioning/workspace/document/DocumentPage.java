package com.example.provisioning.workspace.document;

import com.example.provisioning.access.Member;
import com.example.provisioning.problem.ProblemException;
import com.example.provisioning.site.WorkspaceSection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A stale save loses nothing: it ends on a page with both texts, from which one's own can be saved after all. */
@Controller
@Order(1)
@RequestMapping("/workspaces/{workspaceId}/documents")
class DocumentPage implements WorkspaceSection {

    record Form(
            @NotBlank @Size(max = 255) String title,
            @NotNull @Size(max = 100_000) String text,
            @Nullable Long version) {

        /** Browsers end lines in a way of their own. */
        Form {
            text = text == null ? "" : text.replace("\r\n", "\n");
        }
    }

    private static final int AT_ONCE = 50;

    private final Documents documents;

    DocumentPage(Documents documents) {
        this.documents = documents;
    }

    @Override
    public String title() {
        return "Documents";
    }

    @Override
    public String path() {
        return "documents";
    }

    @GetMapping
    String list(
            Member member,
            @PathVariable UUID workspaceId,
            @RequestParam(required = false) @Nullable UUID after,
            Model model) {
        model.addAttribute("documents", documents.list(workspaceId, after, AT_ONCE));
        return "document/list";
    }

    @PostMapping
    String create(Member member, @PathVariable UUID workspaceId, @Valid Form form) {
        var document = documents.create(member, form.title(), form.text());
        return "redirect:/workspaces/%s/documents/%s".formatted(workspaceId, document.id());
    }

    @GetMapping("/{id}")
    String read(Member member, @PathVariable UUID workspaceId, @PathVariable UUID id, Model model) {
        model.addAttribute("document", documents.find(workspaceId, id).orElseThrow(ProblemException::notFound));
        return "document/edit";
    }

    @PostMapping("/{id}")
    ModelAndView save(Member member, @PathVariable UUID workspaceId, @PathVariable UUID id, @Valid Form form) {
        try {
            var version = ExpectedVersion.of(null, form.version()).version();
            documents.save(member, id, version, form.title(), form.text());
            return new ModelAndView("redirect:/workspaces/%s/documents/%s?saved".formatted(workspaceId, id));
        } catch (StaleDocumentException stale) {
            return new ModelAndView("document/conflict", HttpStatus.CONFLICT)
                    .addObject("mine", form)
                    .addObject("theirs", stale.current())
                    .addObject("difference", Difference.between(stale.current().text(), form.text()));
        }
    }
}
