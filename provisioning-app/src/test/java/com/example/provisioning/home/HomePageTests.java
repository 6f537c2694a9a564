package com.example.provisioning.home;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Browser;
import com.example.provisioning.development.DevelopmentPerson;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@ApplicationTest
class HomePageTests {

    Browser ada;
    HtmlPage home;

    @BeforeEach
    void signIn(@LocalServerPort String port) throws Exception {
        ada = new Browser(port);
        home = ada.signIn(DevelopmentPerson.ADA);
    }

    @AfterEach
    void close() {
        ada.close();
    }

    @Test
    void showsTheOrganizationAndItsMembers(@LocalServerPort String port) throws Exception {
        try (var ben = new Browser(port)) {
            ben.signIn(DevelopmentPerson.BEN);
        }

        home = ada.open("/");

        assertThat(home.getElementsByTagName("h1").get(0).getTextContent()).isEqualTo("Analytical Engines");
        assertThat(Browser.text(home, "workspace")).isEqualTo("General");
        assertThat(Browser.text(home, "members")).contains("Ada", "Ben").doesNotContain("Carla");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Documents", "Projects", "Bookings"})
    void leadsToEverySectionOfTheWorkspace(String section) throws Exception {
        HtmlPage page = home.getAnchorByText(section).click();

        assertThat(page.getWebResponse().getStatusCode()).isEqualTo(200);
        assertThat(page.getElementsByTagName("h1").get(0).getTextContent()).isEqualTo(section);
    }

    /** HtmlUnit knows no content security policy: what it would forbid must not be there. */
    @Test
    void nothingStandsInThePageThatThePolicyForbids() throws Exception {
        for (var page : new HtmlPage[] {
            home,
            home.getAnchorByText("Documents").click(),
            home.getAnchorByText("Projects").click(),
            ada.open("/nothing")
        }) {
            var html = page.getWebResponse().getContentAsString();
            assertThat(html).doesNotContain("<style", " style=", " onclick=", " onsubmit=", " hx-on", "javascript:");
            assertThat(html).doesNotContainPattern("<script(?! src=)").doesNotContain("//cdn", "https://");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/style.css", "/webjars/htmx.org/dist/htmx.min.js"})
    void filesOfThePagesAreServedFromHereAndKeptForAWhile(String file) throws Exception {
        var answer = ada.response(file);

        assertThat(home.getWebResponse().getContentAsString()).contains("\"" + file + "\"");
        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getContentType()).containsAnyOf("text/css", "javascript");
        assertThat(answer.getResponseHeaderValue("Cache-Control")).isEqualTo("max-age=600, public");
    }

    @Test
    void aPageThatIsNotThereSaysSoAsAPage() throws Exception {
        var page = ada.open("/nothing-here");

        assertThat(page.getWebResponse().getStatusCode()).isEqualTo(404);
        assertThat(page.asNormalizedText()).contains("Not found", "Home");
    }
}
