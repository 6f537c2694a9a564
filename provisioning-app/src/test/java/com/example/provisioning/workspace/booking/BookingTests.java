package com.example.provisioning.workspace.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import com.example.provisioning.Tables;
import com.example.provisioning.problem.ViolatedConstraint;
import com.example.provisioning.workspace.Colleague;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@ApplicationTest
class BookingTests {

    @Autowired
    Caller caller;

    @Autowired
    Tables tables;

    private Colleague ada;
    private Resource room;

    @BeforeEach
    void thereIsARoomForTen() {
        ada = Colleague.ofNewCompany(caller);
        room = ada.post("/resources").body(Map.of("name", "Room", "capacity", 10)).exchange()
                .expectStatus().isCreated()
                .expectBody(Resource.class).returnResult().getResponseBody();
    }

    private ResponseSpec book(Colleague who, int places) {
        return who.post("/resources/{id}/bookings", room.id()).body(Map.of("places", places)).exchange();
    }

    private Booking booked(Colleague who, int places) {
        return book(who, places).expectStatus().isCreated()
                .expectBody(Booking.class).returnResult().getResponseBody();
    }

    private int counted() {
        return ada.get("/resources/{id}", room.id()).exchange()
                .expectBody(Resource.class).returnResult().getResponseBody().booked();
    }

    @Test
    void bookingsAreCounted() {
        var four = booked(ada, 4);
        booked(ada.colleague(caller), 3);

        assertThat(four.userId()).isEqualTo(ada.me().user().id());
        assertThat(counted()).isEqualTo(7);
        ada.get("/resources/{id}/bookings", room.id()).exchange()
                .expectBody().jsonPath("$.items.length()").isEqualTo(2).jsonPath("$.items[0].places").isEqualTo(4);
    }

    @Test
    void theLastPlacesCanBeBookedAndNotOneMore() {
        booked(ada, 7);

        book(ada, 4)
                .expectStatus().isEqualTo(409)
                .expectBody()
                .jsonPath("$.type").isEqualTo("/problems/fully-booked")
                .jsonPath("$.free").isEqualTo(3);
        booked(ada, 3);
        book(ada, 1).expectStatus().isEqualTo(409);

        assertThat(counted()).isEqualTo(10);
    }

    @Test
    void whoeverBookedGivesThePlacesBackOnce() {
        var booking = booked(ada, 4);
        var path = "/resources/{room}/bookings/{id}";

        ada.colleague(caller).delete(path, room.id(), booking.id()).exchange().expectStatus().isNotFound();
        assertThat(counted()).isEqualTo(4);
        ada.delete(path, room.id(), booking.id()).exchange().expectStatus().isNoContent();
        ada.delete(path, room.id(), booking.id()).exchange().expectStatus().isNotFound();

        assertThat(counted()).isZero();
    }

    @Test
    void ofSomebodyWhoHasLeftAnOwnerGivesThePlacesBack() {
        var ben = ada.colleague(caller);
        var booking = booked(ben, 10);
        ada.client().delete()
                .uri("/api/organizations/{o}/members/{m}", ada.me().organization().id(), ben.me().user().id())
                .exchange().expectStatus().isNoContent();

        ada.delete("/resources/{room}/bookings/{id}", room.id(), booking.id()).exchange().expectStatus().isNoContent();

        assertThat(counted()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 11})
    void theDatabaseRefusesWhatNoRequestMayReach(int booked) {
        assertThatThrownBy(() -> tables.sql("update resource set booked = ? where id = ?")
                        .params(booked, room.id())
                        .update())
                .satisfies(e -> assertThat(ViolatedConstraint.is("resource_not_overbooked", e)).isTrue());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 100_001, Integer.MAX_VALUE})
    void whatMakesNoSenseIsRefused(int places) {
        book(ada, places)
                .expectStatus().isBadRequest()
                .expectBody().jsonPath("$.errors[0].field").isEqualTo("places");
    }

    @Test
    void strangersFindNothing() {
        var booking = booked(ada, 1);
        var stranger = Colleague.ofNewCompany(caller);

        book(stranger, 1).expectStatus().isNotFound();
        stranger.get("/resources/{id}", room.id()).exchange().expectStatus().isNotFound();
        stranger.delete("/resources/{room}/bookings/{id}", room.id(), booking.id()).exchange()
                .expectStatus().isNotFound();
        stranger.get("/resources/{id}/bookings", room.id()).exchange().expectStatus().isNotFound();

        assertThat(counted()).isEqualTo(1);
    }
}
