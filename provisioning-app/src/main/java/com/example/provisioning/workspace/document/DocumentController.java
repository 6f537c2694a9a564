package com.example.provisioning.workspace.document;

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
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/workspaces/{workspaceId}/documents")
class DocumentController {

    /** @param version the one that was read; needed for saving, unless the header If-Match names it */
    record Draft(
            @NotBlank @Size(max = 255) String title,
            @NotNull @Size(max = 100_000) String text,
            @Nullable Long version) {}

    private final Documents documents;

    DocumentController(Documents documents) {
        this.documents = documents;
    }

    @PostMapping
    ResponseEntity<Document> create(Member member, @PathVariable UUID workspaceId, @Valid @RequestBody Draft draft) {
        var document = documents.create(member, draft.title(), draft.text());
        var location = URI.create("/api/workspaces/%s/documents/%s".formatted(workspaceId, document.id()));
        return withETag(ResponseEntity.created(location), document);
    }

    @GetMapping
    Page<DocumentTitle> list(
            Member member,
            @PathVariable UUID workspaceId,
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit) {
        return documents.list(workspaceId, after, limit);
    }

    @GetMapping("/{id}")
    ResponseEntity<Document> read(Member member, @PathVariable UUID workspaceId, @PathVariable UUID id) {
        var document = documents.find(workspaceId, id).orElseThrow(ProblemException::notFound);
        return withETag(ResponseEntity.ok(), document);
    }

    @PutMapping("/{id}")
    ResponseEntity<Document> save(
            Member member,
            @PathVariable UUID workspaceId,
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody Draft draft) {
        var expected = ExpectedVersion.of(ifMatch, draft.version());
        var saved = expected.orRefused(
                version -> documents.save(member, id, version, draft.title(), draft.text()));
        return withETag(ResponseEntity.ok(), saved);
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(
            Member member,
            @PathVariable UUID workspaceId,
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestParam(required = false) @Nullable Long version) {
        ExpectedVersion.of(ifMatch, version).orRefused(read -> {
            documents.delete(member, id, read);
            return id;
        });
        return ResponseEntity.noContent().build();
    }

    private static ResponseEntity<Document> withETag(ResponseEntity.BodyBuilder answer, Document document) {
        return answer.eTag("\"" + document.version() + "\"").body(document);
    }
}
