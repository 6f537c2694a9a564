package com.example.provisioning.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.AnotherInstance;
import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Browser;
import com.example.provisioning.development.DevelopmentPerson;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.web.server.LocalServerPort;

@ApplicationTest
class SessionTests {

    @LocalServerPort
    String port;

    /** What a balancer does to people. */
    @Test
    void whoSignedInAtOneInstanceGoesOnAtAnother(@Autowired JdbcConnectionDetails database) throws Exception {
        try (var other = AnotherInstance.on(database);
                var browser = new Browser(port)) {
            browser.signIn(DevelopmentPerson.ADA);

            browser.at(other.port());
            var home = browser.open("/");

            assertThat(home.getHtmlElementById("user").getTextContent()).isEqualTo("Ada");
            assertThat(Browser.press(home, "Sign out").getUrl()).hasPath("/sign-in");

            browser.at(port);
            assertThat(browser.open("/").getUrl()).hasPath("/sign-in");
        }
    }

    @Test
    void aNewSessionIdentifierComesWithTheSignIn() throws Exception {
        try (var browser = new Browser(port)) {
            browser.open("/oauth2/authorization/company");
            var before = browser.client().getCookieManager().getCookie("session").getValue();

            browser.signIn(DevelopmentPerson.ADA);

            assertThat(browser.client().getCookieManager().getCookie("session").getValue()).isNotEqualTo(before);
        }
    }

    @Test
    void theSessionIsNoTokenForTheApi() throws Exception {
        try (var browser = new Browser(port)) {
            browser.signIn(DevelopmentPerson.ADA);

            assertThat(browser.response("/api/me").getStatusCode()).isEqualTo(401);
        }
    }

    @Test
    void neitherScriptsNorForeignPagesReachTheCookie() throws Exception {
        try (var browser = new Browser(port)) {
            browser.client().getOptions().setRedirectEnabled(false);

            var cookie = browser.response("/oauth2/authorization/company").getResponseHeaderValue("Set-Cookie");

            assertThat(cookie).startsWith("session=").contains("; HttpOnly", "; SameSite=Lax");
        }
    }
}
