package com.example.provisioning.workspace.document;

import com.example.provisioning.access.Member;
import com.example.provisioning.audit.AuditLog;
import com.example.provisioning.identity.Identifiers;
import com.example.provisioning.page.Page;
import com.example.provisioning.problem.ProblemException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The documents of a workspace. Saving and deleting are one conditional statement each: the version is compared and
 * changed in one go, so that nothing fits in between.
 */
@Service
public class Documents {

    private final JdbcClient sql;
    private final AuditLog audit;

    Documents(JdbcClient sql, AuditLog audit) {
        this.sql = sql;
        this.audit = audit;
    }

    @Transactional
    public Document create(Member member, String title, String text) {
        var document = sql.sql("""
                        insert into document (id, workspace_id, title, text) values (?, ?, ?, ?)
                        returning id, title, text, version, saved_at
                        """)
                .params(Identifiers.fresh(), member.workspaceId(), title, text)
                .query(Document.class)
                .single();
        audit.write(member, "document.created", document.id());
        return document;
    }

    public Optional<Document> find(@Nullable UUID workspaceId, UUID id) {
        return sql.sql("select id, title, text, version, saved_at from document where id = ? and workspace_id = ?")
                .params(id, workspaceId)
                .query(Document.class)
                .optional();
    }

    public Page<DocumentTitle> list(UUID workspaceId, @Nullable UUID after, int limit) {
        var titles = sql.sql("""
                        select id, title, version, saved_at from document
                         where workspace_id = :workspace and (:after::uuid is null or id > :after)
                         order by id
                         limit :limit + 1
                        """)
                .param("workspace", workspaceId)
                .param("after", after)
                .param("limit", limit)
                .query(DocumentTitle.class)
                .list();
        return Page.of(titles, limit, DocumentTitle::id);
    }

    /** @throws StaleDocumentException if somebody saved it since this version was read */
    @Transactional
    public Document save(Member member, UUID id, long version, String title, String text) {
        var saved = sql.sql("""
                        update document set title = ?, text = ?, version = version + 1, saved_at = now()
                         where id = ? and workspace_id = ? and version = ?
                        returning id, title, text, version, saved_at
                        """)
                .params(title, text, id, member.workspaceId(), version)
                .query(Document.class)
                .optional()
                .orElseThrow(() -> refused(member.workspaceId(), id));
        audit.write(member, "document.saved", id);
        return saved;
    }

    /** @throws StaleDocumentException if somebody saved it since this version was read */
    @Transactional
    public void delete(Member member, UUID id, long version) {
        int deleted = sql.sql("delete from document where id = ? and workspace_id = ? and version = ?")
                .params(id, member.workspaceId(), version)
                .update();
        if (deleted == 0) {
            throw refused(member.workspaceId(), id);
        }
        audit.write(member, "document.deleted", id);
    }

    /** A statement that found no row does not say why. */
    private ProblemException refused(@Nullable UUID workspaceId, UUID id) {
        return find(workspaceId, id)
                .<ProblemException>map(StaleDocumentException::new)
                .orElseGet(() -> new ProblemException(
                        HttpStatus.NOT_FOUND,
                        "document-gone",
                        "There is no such document: it may have been deleted after you had read it."));
    }
}
