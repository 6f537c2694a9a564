package com.example.provisioning.workspace.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Browser;
import com.example.provisioning.Tables;
import com.example.provisioning.development.DevelopmentPerson;
import java.util.List;
import java.util.UUID;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@ApplicationTest
class DocumentPageTests {

    Browser browser;
    HtmlPage document;

    @BeforeEach
    void aDocument(@LocalServerPort String port) throws Exception {
        browser = new Browser(port);
        HtmlPage list = browser.signIn(DevelopmentPerson.ADA).getAnchorByText("Documents").click();
        Browser.fill(list, "title", "Letter");
        Browser.fill(list, "text", "Dear Charles,\nyour engine\nis fine.");
        document = Browser.press(list, "Create");
    }

    @AfterEach
    void close() {
        browser.close();
    }

    @Test
    void aTextComesBackAsItWasSaved() throws Exception {
        Browser.fill(document, "text", "  <b>indented</b>\n\n");

        var saved = Browser.press(document, "Save");

        assertThat(saved.asNormalizedText()).contains("Saved.");
        assertThat(text(saved)).isEqualTo("  <b>indented</b>\n\n");
    }

    /** Browsers drop the first line break of a text area, so the page has one more. */
    @Test
    void anEmptyFirstLineIsKept(@Autowired Tables tables) throws Exception {
        var path = document.getUrl().getPath().split("/");
        tables.sql("update document set text = ? where id = ?")
                .params("\nsecond line", UUID.fromString(path[4]))
                .update();

        var html = browser.response(document.getUrl().getPath()).getContentAsString();

        assertThat(html).contains("maxlength=\"100000\">\n\nsecond line</textarea>");
    }

    @Test
    void whoWasOvertakenSeesTheDifferenceAndSavesAfterAll() throws Exception {
        var otherTab = browser.open(document.getUrl().getPath());
        Browser.fill(otherTab, "text", "Dear Charles,\nyour machine\nis fine.");
        Browser.press(otherTab, "Save");
        Browser.fill(document, "text", "Dear Charles,\nyour engine\nis very fine.");

        var conflict = Browser.press(document, "Save");

        assertThat(conflict.getWebResponse().getStatusCode()).isEqualTo(409);
        assertThat(conflict.asNormalizedText()).contains("Somebody was faster");
        assertThat(lines(conflict, "both")).containsExactly("Dear Charles,");
        assertThat(lines(conflict, "theirs")).containsExactly("your machine", "is fine.");
        assertThat(lines(conflict, "mine")).containsExactly("your engine", "is very fine.");
        assertThat(text(browser.open(document.getUrl().getPath()))).contains("your machine");

        Browser.fill(conflict, "text", "Dear Charles,\nyour machine\nis very fine.");
        var saved = Browser.press(conflict, "Save mine");

        assertThat(saved.asNormalizedText()).contains("Saved.");
        assertThat(text(saved)).isEqualTo("Dear Charles,\nyour machine\nis very fine.");
    }

    @Test
    void whoIsOvertakenAgainIsToldAgain() throws Exception {
        var second = browser.open(document.getUrl().getPath());
        Browser.fill(second, "text", "two");
        Browser.press(second, "Save");
        Browser.fill(document, "text", "one");
        var conflict = Browser.press(document, "Save");
        var third = browser.open(document.getUrl().getPath());
        Browser.fill(third, "text", "three");
        Browser.press(third, "Save");

        var again = Browser.press(conflict, "Save mine");

        assertThat(again.getWebResponse().getStatusCode()).isEqualTo(409);
        assertThat(lines(again, "theirs")).containsExactly("three");
        assertThat(lines(again, "mine")).containsExactly("one");
    }

    @Test
    void whoeverGivesWayFindsTheirs() throws Exception {
        var other = browser.open(document.getUrl().getPath());
        Browser.fill(other, "title", "Poem");
        Browser.press(other, "Save");

        var conflict = Browser.press(document, "Save");
        HtmlPage theirs = conflict.getAnchorByText("Keep theirs").click();

        assertThat(Browser.text(conflict, "their-title")).isEqualTo("Poem");
        assertThat(theirs.getElementsByTagName("h1").get(0).getTextContent()).isEqualTo("Poem");
    }

    @Test
    void aTitleIsNeededEvenIfTheBrowserDoesNotSaySo() throws Exception {
        HtmlElement title = document.getHtmlElementById("title");
        title.removeAttribute("required");
        Browser.fill(document, "title", " ");

        var problem = Browser.press(document, "Save");

        assertThat(problem.getWebResponse().getStatusCode()).isEqualTo(400);
        assertThat(problem.asNormalizedText()).contains("title: must not be blank");
    }

    private static List<String> lines(HtmlPage page, String origin) {
        return page.getByXPath("//li[@class='" + origin + "']/code").stream()
                .map(code -> ((HtmlElement) code).getTextContent())
                .toList();
    }

    private static String text(HtmlPage page) {
        return ((HtmlTextArea) page.getHtmlElementById("text")).getText();
    }
}
