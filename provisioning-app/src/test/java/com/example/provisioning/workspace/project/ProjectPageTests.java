package com.example.provisioning.workspace.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Browser;
import com.example.provisioning.development.DevelopmentPerson;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ApplicationTest
class ProjectPageTests {

    @Test
    void assetsAreAddedRemovedAndCounted(@LocalServerPort String port) throws Exception {
        try (var ada = new Browser(port)) {
            HtmlPage list = ada.signIn(DevelopmentPerson.ADA).getAnchorByText("Projects").click();
            Browser.fill(list, "name", "Engine");
            var project = Browser.press(list, "Create");
            Browser.fill(project, "name", "Wheel");

            var added = Browser.press(project, "Add");
            assertThat(Browser.text(added, "count")).isEqualTo("1 asset");
            assertThat(added.asNormalizedText()).contains("Wheel");

            var removed = Browser.press(added, "Remove");
            assertThat(Browser.text(removed, "count")).isEqualTo("0 assets");
            assertThat(removed.asNormalizedText()).contains("Nothing in it yet.");
        }
    }
}
