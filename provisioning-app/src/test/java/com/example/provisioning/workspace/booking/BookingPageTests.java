package com.example.provisioning.workspace.booking;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Browser;
import com.example.provisioning.development.DevelopmentPerson;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ApplicationTest
class BookingPageTests {

    Browser ada;
    HtmlPage room;

    @BeforeEach
    void aRoom(@LocalServerPort String port) throws Exception {
        ada = new Browser(port);
        HtmlPage list = ada.signIn(DevelopmentPerson.ADA).getAnchorByText("Bookings").click();
        Browser.fill(list, "name", "Room");
        Browser.fill(list, "capacity", "3");
        room = Browser.press(list, "Create");
    }

    @AfterEach
    void close() {
        ada.close();
    }

    @Test
    void placesAreBookedAndGivenBack() throws Exception {
        Browser.fill(room, "places", "2");
        var booked = Browser.press(room, "Book");

        assertThat(booked.asNormalizedText()).contains("Booked.");
        assertThat(Browser.text(booked, "free")).isEqualTo("1 of 3 places are free.");

        var cancelled = Browser.press(booked, "Cancel");

        assertThat(Browser.text(cancelled, "free")).isEqualTo("3 of 3 places are free.");
    }

    @Test
    void whoComesTooLateSeesWhatIsLeft(@LocalServerPort String port) throws Exception {
        try (var ben = new Browser(port)) {
            ben.signIn(DevelopmentPerson.BEN);
            var sameRoom = ben.open(room.getUrl().getPath());
            Browser.fill(room, "places", "2");
            Browser.press(room, "Book");
            Browser.fill(sameRoom, "places", "2");

            var refused = Browser.press(sameRoom, "Book");

            assertThat(refused.getWebResponse().getStatusCode()).isEqualTo(409);
            assertThat(refused.asNormalizedText())
                    .contains("1 of 3 places are free, and you want 2. Nothing was booked.", "by somebody else");
            Browser.fill(refused, "places", "1");
            assertThat(Browser.text(Browser.press(refused, "Book"), "free")).isEqualTo("0 of 3 places are free.");
        }
    }
}
