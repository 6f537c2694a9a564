package com.example.provisioning.workspace.document;

import com.example.provisioning.identity.Identifiers;
import com.example.provisioning.page.Page;
import com.example.provisioning.problem.ProblemException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * The documents of a workspace. Saving and deleting are one conditional statement each: the version is compared and
 * changed in one go, so that nothing fits in between.
 */
@Service
public class Documents {

    private final JdbcClient sql;

    Documents(JdbcClient sql) {
        this.sql = sql;
    }

    public Document create(UUID workspaceId, String title, String text) {
        return sql.sql("""
                        insert into document (id, workspace_id, title, text) values (?, ?, ?, ?)
                        returning id, title, text, version, saved_at
                        """)
                .params(Identifiers.fresh(), workspaceId, title, text)
                .query(Document.class)
                .single();
    }

    public Optional<Document> find(UUID workspaceId, UUID id) {
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
    public Document save(UUID workspaceId, UUID id, long version, String title, String text) {
        return sql.sql("""
                        update document set title = ?, text = ?, version = version + 1, saved_at = now()
                         where id = ? and workspace_id = ? and version = ?
                        returning id, title, text, version, saved_at
                        """)
                .params(title, text, id, workspaceId, version)
                .query(Document.class)
                .optional()
                .orElseThrow(() -> refused(workspaceId, id));
    }

    /** @throws StaleDocumentException if somebody saved it since this version was read */
    public void delete(UUID workspaceId, UUID id, long version) {
        int deleted = sql.sql("delete from document where id = ? and workspace_id = ? and version = ?")
                .params(id, workspaceId, version)
                .update();
        if (deleted == 0) {
            throw refused(workspaceId, id);
        }
    }

    /** A statement that found no row does not say why. */
    private ProblemException refused(UUID workspaceId, UUID id) {
        return find(workspaceId, id)
                .<ProblemException>map(StaleDocumentException::new)
                .orElseGet(() -> new ProblemException(
                        HttpStatus.NOT_FOUND,
                        "document-gone",
                        "There is no such document: it may have been deleted after you had read it."));
    }
}
