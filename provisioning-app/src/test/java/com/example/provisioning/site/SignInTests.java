package com.example.provisioning.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Browser;
import com.example.provisioning.Caller;
import com.example.provisioning.Tables;
import com.example.provisioning.development.DevelopmentPerson;
import java.util.List;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@ApplicationTest
class SignInTests {

    @Autowired
    Caller caller;

    @Autowired
    Tables tables;

    Browser browser;

    @BeforeEach
    void open(@LocalServerPort String port) {
        browser = new Browser(port);
    }

    @AfterEach
    void close() {
        browser.close();
    }

    @ParameterizedTest
    @EnumSource
    void bothDoorsLeadToTheSameAccount(DevelopmentPerson person) throws Exception {
        var home = browser.signIn(person);

        var me = caller.login(person.claims());
        assertThat(home.getHtmlElementById("user").getTextContent()).isEqualTo(me.user().name());
        assertThat(home.getElementsByTagName("h1").get(0).getTextContent()).isEqualTo(me.organization().name());
        assertThat(usersNamed(person)).hasSize(1);
    }

    @Test
    void oneComesBackToThePageThatOneAskedFor() throws Exception {
        var signIn = browser.open("/?from=a-mail");
        assertThat(signIn.getUrl()).hasPath("/sign-in");

        HtmlPage choice = signIn.getAnchorByText("Sign in with your company").click();
        HtmlPage back = choice.getHtmlElementById("ada").click();

        assertThat(back.getUrl()).hasPath("/").hasQuery("from=a-mail");
    }

    @Test
    void whoOnlyLooksLeavesNoSessionBehind() throws Exception {
        var before = sessions();

        browser.open("/");
        browser.open("/sign-in");

        assertThat(sessions()).isEqualTo(before);
    }

    @Test
    void signingOutEndsTheSessionInTheDatabase() throws Exception {
        var before = sessions();
        var home = browser.signIn(DevelopmentPerson.ADA);
        assertThat(sessions()).isGreaterThan(before);

        var signedOut = Browser.press(home, "Sign out");

        assertThat(signedOut.asNormalizedText()).contains("You are signed out here");
        assertThat(sessions()).isEqualTo(before);
        assertThat(browser.open("/").getUrl()).hasPath("/sign-in");
    }

    @Test
    void whoComesBackWithARefusalIsToldSo() throws Exception {
        var page = browser.open("/login/oauth2/code/company?error=access_denied&state=unknown");

        assertThat(page.getUrl()).hasPath("/sign-in");
        assertThat(page.asNormalizedText()).contains("That did not work");
    }

    private long sessions() {
        return tables.sql("select count(*) from spring_session").query(Long.class).single();
    }

    private List<String> usersNamed(DevelopmentPerson person) {
        return tables.sql("select id::text from app_user where subject = ?")
                .param(person.claims().get("sub"))
                .query(String.class)
                .list();
    }
}
