package com.example.provisioning.workspace.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import com.example.provisioning.workspace.Colleague;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@ApplicationTest
class DocumentTests {

    @Autowired
    Caller caller;

    private Colleague ada;
    private Document document;

    @BeforeEach
    void adaHasWrittenADocument() {
        ada = Colleague.ofNewCompany(caller);
        document = ada.post("/documents").body(Map.of("title", "Minutes", "text", "as of Monday")).exchange()
                .expectStatus().isCreated()
                .expectHeader().valueEquals("ETag", "\"1\"")
                .expectHeader().value("Location", location ->
                        assertThat(location).startsWith("/api/workspaces/" + ada.workspace() + "/documents/"))
                .expectBody(Document.class).returnResult().getResponseBody();
    }

    private ResponseSpec save(String title, String text, @Nullable Object version) {
        var draft = new HashMap<String, Object>(Map.of("title", title, "text", text));
        draft.put("version", version);
        return ada.put("/documents/{id}", document.id()).body(draft).exchange();
    }

    private ResponseSpec saveIfMatch(String tag) {
        return ada.put("/documents/{id}", document.id()).header("If-Match", tag)
                .body(Map.of("title", "Minutes", "text", "as of Tuesday")).exchange();
    }

    private Document stored() {
        return ada.get("/documents/{id}", document.id()).exchange()
                .expectStatus().isOk()
                .expectBody(Document.class).returnResult().getResponseBody();
    }

    @Test
    void aColleagueReadsWhatWasWritten() {
        ada.colleague(caller).get("/documents/{id}", document.id()).exchange()
                .expectStatus().isOk()
                .expectHeader().valueEquals("ETag", "\"1\"")
                .expectBody(Document.class).isEqualTo(document);
    }

    @Test
    void nobodyIsSentAgainWhatTheyHave() {
        ada.get("/documents/{id}", document.id()).header("If-None-Match", "\"1\"").exchange()
                .expectStatus().isNotModified();
    }

    @Test
    void savingTheVersionThatWasReadMakesTheNextOne() {
        save("Minutes", "as of Tuesday", 1).expectStatus().isOk().expectHeader().valueEquals("ETag", "\"2\"");

        assertThat(stored().text()).isEqualTo("as of Tuesday");
        assertThat(stored().version()).isEqualTo(2);
    }

    @Test
    void whoSavesAStaleVersionIsToldWhatIsThereNow() {
        save("Minutes", "as of Tuesday", 1).expectStatus().isOk();

        save("Minutes", "as of Wednesday", 1)
                .expectStatus().isEqualTo(409)
                .expectBody()
                .jsonPath("$.type").isEqualTo("/problems/document-changed")
                .jsonPath("$.current.version").isEqualTo(2)
                .jsonPath("$.current.text").isEqualTo("as of Tuesday");

        assertThat(stored().text()).isEqualTo("as of Tuesday");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"\"1\" | 200", "\"2\" | 412", "W/\"1\" | 412", "* | 412", "1 | 412"})
    void theHeaderIfMatchNamesTheVersionToo(String tag, int status) {
        saveIfMatch(tag).expectStatus().isEqualTo(status);
    }

    @Test
    void whoNamesAStaleVersionInTheHeaderIsToldTheSame() {
        save("Minutes", "as of Tuesday", 1).expectStatus().isOk();

        saveIfMatch("\"1\"")
                .expectStatus().isEqualTo(412)
                .expectBody()
                .jsonPath("$.type").isEqualTo("/problems/document-changed")
                .jsonPath("$.current.version").isEqualTo(2);
    }

    @Test
    void nobodySavesWithoutSayingWhatTheyHaveRead() {
        save("Minutes", "as of Tuesday", null)
                .expectStatus().isEqualTo(428)
                .expectBody().jsonPath("$.type").isEqualTo("/problems/version-required");
        ada.delete("/documents/{id}", document.id()).exchange().expectStatus().isEqualTo(428);

        assertThat(stored()).isEqualTo(document);
    }

    @Test
    void whoSavesADeletedDocumentIsToldThatItIsGone() {
        ada.delete("/documents/{id}?version=1", document.id()).exchange().expectStatus().isNoContent();

        save("Minutes", "as of Tuesday", 1)
                .expectStatus().isNotFound()
                .expectBody().jsonPath("$.type").isEqualTo("/problems/document-gone");
    }

    @Test
    void whatWasSavedMeanwhileIsNotDeleted() {
        save("Minutes", "as of Tuesday", 1).expectStatus().isOk();

        ada.delete("/documents/{id}?version=1", document.id()).exchange()
                .expectStatus().isEqualTo(409)
                .expectBody().jsonPath("$.type").isEqualTo("/problems/document-changed");
        ada.delete("/documents/{id}", document.id()).header("If-Match", "\"1\"").exchange()
                .expectStatus().isEqualTo(412);

        assertThat(stored().version()).isEqualTo(2);
    }

    @Test
    void theListComesAPageAtATimeInTheOrderOfCreation() {
        Stream.of("second", "third").forEach(title -> ada.post("/documents")
                .body(Map.of("title", title, "text", "")).exchange().expectStatus().isCreated());

        var first = ada.get("/documents?limit=2").exchange().expectBody();
        first.jsonPath("$.items[*].title").isEqualTo(List.of("Minutes", "second"));
        first.jsonPath("$.next").value(String.class, next -> ada.get("/documents?limit=2&after={id}", next).exchange()
                .expectBody()
                .jsonPath("$.items[*].title").isEqualTo(List.of("third"))
                .jsonPath("$.next").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/documents?limit=0", "/documents?limit=101", "/documents?after=x", "/documents/x"})
    void whatMakesNoSenseIsRefused(String path) {
        ada.get(path).exchange().expectStatus().isBadRequest();
    }

    @Test
    void eachFieldThatIsWrongIsNamed() {
        save(" ", "x".repeat(100_001), 1)
                .expectStatus().isBadRequest()
                .expectBody().jsonPath("$.errors[*].field").value(fields ->
                        assertThat((Iterable<?>) fields).map(Object::toString)
                                .containsExactlyInAnyOrder("title", "text"));
    }

    @Test
    void strangersFindNothing() {
        var stranger = Colleague.ofNewCompany(caller);

        stranger.client().get().uri(Colleague.in(ada.workspace(), "/documents/" + document.id())).exchange()
                .expectStatus().isNotFound();
        stranger.get("/documents/{id}", document.id()).exchange().expectStatus().isNotFound();
        stranger.put("/documents/{id}", document.id())
                .body(Map.of("title", "Mine", "text", "", "version", 1)).exchange()
                .expectStatus().isNotFound();
        stranger.delete("/documents/{id}?version=1", document.id()).exchange().expectStatus().isNotFound();

        assertThat(stored()).isEqualTo(document);
    }
}
