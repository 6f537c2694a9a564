package com.example.provisioning.workspace.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import com.example.provisioning.Tables;
import com.example.provisioning.problem.ViolatedConstraint;
import com.example.provisioning.workspace.Colleague;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@ApplicationTest
class ProjectTests {

    private static final String ASSETS = "/projects/{project}/assets";
    private static final String ASSET = "/projects/{project}/assets/{id}";

    @Autowired
    Caller caller;

    private Colleague ada;
    private Project project;

    @BeforeEach
    void adaHasAProject() {
        ada = Colleague.ofNewCompany(caller);
        project = ada.post("/projects").body(Map.of("name", "Engine")).exchange()
                .expectStatus().isCreated()
                .expectBody(Project.class).returnResult().getResponseBody();
    }

    private Asset added(Colleague who, String name) {
        return who.post(ASSETS, project.id()).body(Map.of("name", name, "text", "")).exchange()
                .expectStatus().isCreated()
                .expectBody(Asset.class).returnResult().getResponseBody();
    }

    private ResponseSpec edit(Asset asset, String text) {
        return ada.put(ASSET, project.id(), asset.id())
                .body(Map.of("name", asset.name(), "text", text, "version", asset.version())).exchange();
    }

    private ResponseSpec rename(String name, long version) {
        return ada.put("/projects/{id}", project.id()).body(Map.of("name", name, "version", version)).exchange();
    }

    private Project stored() {
        return ada.get("/projects/{id}", project.id()).exchange()
                .expectStatus().isOk()
                .expectBody(Project.class).returnResult().getResponseBody();
    }

    @Test
    void assetsAreCountedAsTheyComeAndGo() {
        var wheel = added(ada, "wheel");
        added(ada.colleague(caller), "axle");
        assertThat(stored().assetCount()).isEqualTo(2);

        ada.delete(ASSET, project.id(), wheel.id()).exchange().expectStatus().isNoContent();
        ada.delete(ASSET, project.id(), wheel.id()).exchange().expectStatus().isNotFound();

        assertThat(stored().assetCount()).isEqualTo(1);
        ada.get(ASSETS, project.id()).exchange()
                .expectBody().jsonPath("$.items[*].name").isEqualTo(List.of("axle"));
    }

    @Test
    void theCountNeverFallsBelowZero(@Autowired Tables tables) {
        assertThatThrownBy(() -> tables.sql("update project set asset_count = -1 where id = ?")
                        .param(project.id())
                        .update())
                .satisfies(e -> assertThat(ViolatedConstraint.is("project_asset_count_not_negative", e)).isTrue());
    }

    @Test
    void whoEditsAStaleAssetIsToldWhatIsThereNow() {
        var wheel = added(ada, "wheel");
        edit(wheel, "round").expectStatus().isOk().expectBody().jsonPath("$.version").isEqualTo(2);

        edit(wheel, "square")
                .expectStatus().isEqualTo(409)
                .expectBody()
                .jsonPath("$.type").isEqualTo("/problems/asset-changed")
                .jsonPath("$.current.text").isEqualTo("round");

        ada.delete(ASSET, project.id(), wheel.id()).exchange().expectStatus().isNoContent();
        edit(wheel, "square").expectStatus().isNotFound();
    }

    @Test
    void whoRenamesAStaleProjectIsToldWhatItIsCalledNow() {
        rename("Analytical engine", 1).expectStatus().isOk();

        rename("Difference engine", 1)
                .expectStatus().isEqualTo(409)
                .expectBody()
                .jsonPath("$.type").isEqualTo("/problems/project-changed")
                .jsonPath("$.current.name").isEqualTo("Analytical engine");
    }

    @Test
    void addingAnAssetIsInNobodysWay() {
        added(ada, "wheel");

        rename("Analytical engine", project.version()).expectStatus().isOk();
    }

    @Test
    void onlyAnEmptyProjectThatNobodyChangedIsDeleted() {
        var path = "/projects/{id}?version={version}";
        var wheel = added(ada, "wheel");
        ada.delete(path, project.id(), 1).exchange()
                .expectStatus().isEqualTo(409)
                .expectBody().jsonPath("$.type").isEqualTo("/problems/project-not-empty");
        ada.delete(ASSET, project.id(), wheel.id()).exchange().expectStatus().isNoContent();
        rename("Analytical engine", 1).expectStatus().isOk();
        ada.delete(path, project.id(), 1).exchange()
                .expectStatus().isEqualTo(409)
                .expectBody().jsonPath("$.type").isEqualTo("/problems/project-changed");

        ada.delete(path, project.id(), 2).exchange().expectStatus().isNoContent();

        rename("Difference engine", 2).expectStatus().isNotFound();
        ada.post(ASSETS, project.id()).body(Map.of("name", "axle", "text", "")).exchange().expectStatus().isNotFound();
    }

    @Test
    void theTextsOfAllAssetsAreWrittenAnew() {
        var wheel = added(ada, "wheel");
        added(ada, "axle");

        ada.post(ASSETS + "/regenerate", project.id()).exchange()
                .expectStatus().isOk()
                .expectBody().jsonPath("$.regenerated.length()").isEqualTo(2).jsonPath("$.skipped").isEmpty();

        ada.get(ASSET, project.id(), wheel.id()).exchange()
                .expectBody()
                .jsonPath("$.text").isEqualTo("wheel, generated for Engine")
                .jsonPath("$.version").isEqualTo(2);
    }

    @Test
    void strangersFindNothing() {
        var wheel = added(ada, "wheel");
        var stranger = Colleague.ofNewCompany(caller);
        UUID theirs = stranger.post("/projects").body(Map.of("name", "Theirs")).exchange()
                .expectBody(Project.class).returnResult().getResponseBody().id();

        stranger.get("/projects/{id}", project.id()).exchange().expectStatus().isNotFound();
        stranger.get(ASSETS, project.id()).exchange().expectStatus().isNotFound();
        stranger.post(ASSETS, project.id()).body(Map.of("name", "x", "text", "")).exchange()
                .expectStatus().isNotFound();
        for (var id : List.of(project.id(), theirs)) {
            stranger.get(ASSET, id, wheel.id()).exchange().expectStatus().isNotFound();
            stranger.delete(ASSET, id, wheel.id()).exchange().expectStatus().isNotFound();
        }

        assertThat(stored().assetCount()).isEqualTo(1);
    }
}
