package com.example.provisioning.workspace.job;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Browser;
import com.example.provisioning.Tables;
import com.example.provisioning.development.DevelopmentPerson;
import java.util.List;
import java.util.UUID;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@ApplicationTest
class JobPageTests {

    private static final int MILLIS = 10_000;

    @Autowired
    Tables tables;

    Browser browser;
    HtmlPage project;

    @BeforeEach
    void aProject(@LocalServerPort String port) throws Exception {
        browser = new Browser(port);
        HtmlPage list = browser.signIn(DevelopmentPerson.ADA).getAnchorByText("Projects").click();
        Browser.fill(list, "name", "Engine");
        project = Browser.press(list, "Create");
        browser.client().waitForBackgroundJavaScript(MILLIS);
    }

    @AfterEach
    void close() {
        browser.close();
    }

    @Test
    void theFirstClickTurnsTheButtonOffUntilTheTextIsThere(@Autowired JobRunner runner) throws Exception {
        HtmlButton generate = project.getFirstByXPath("//section//button");

        generate.click();
        assertThat(generate.isDisabled()).isTrue();
        generate.click();
        waitFor("Being generated");
        assertThat(project.<HtmlButton>getFirstByXPath("//section//button").isDisabled()).isTrue();
        assertThat(jobs()).hasSize(1);

        runner.run(jobs().get(0)); // as the queue does in production
        waitFor("Engine has 0 assets.");
        // htmx gives a new element the attributes of the one that it replaces, for a moment, so that they can fade.
        browser.client().waitForBackgroundJavaScript(MILLIS);
        assertThat(project.<HtmlButton>getFirstByXPath("//section//button").isDisabled()).isFalse();
    }

    @Test
    void withoutAScriptTheButtonWorks() throws Exception {
        browser.client().getOptions().setJavaScriptEnabled(false);
        HtmlPage section = browser.open(project.getUrl().getPath()).getAnchorByText("Summary").click();

        var started = Browser.press(section, "Generate");

        assertThat(started.getWebResponse().getStatusCode()).isEqualTo(200);
        assertThat(started.getUrl().getPath()).endsWith("/generate");
        assertThat(jobs()).hasSize(1);
    }

    private void waitFor(String text) {
        await().atMost(20, SECONDS).pollInSameThread().untilAsserted(() -> {
            browser.client().waitForBackgroundJavaScript(500);
            assertThat(project.asNormalizedText()).contains(text);
        });
    }

    private List<UUID> jobs() {
        return tables.sql("select id from generation_job where project_id = ?")
                .param(UUID.fromString(project.getUrl().getPath().split("/")[4]))
                .query(UUID.class)
                .list();
    }
}
