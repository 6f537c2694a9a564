package com.example.races.seat;

import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.sql;

import com.example.provisioning.login.Me;
import com.example.races.Answer;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import java.util.Map;
import org.springframework.http.HttpMethod;

/** An organization with so many seats, and the people from outside whom its owner invites. */
record Guests(Logins logins, Newcomer owner) {

    static Guests ofNewCompany(Logins logins) {
        return new Guests(logins, Newcomer.of(newCompany(), "Owner"));
    }

    /** The organization as it is after its owner has signed in. */
    Me host(int seats) {
        var host = logins.login(owner);
        sql().sql("update organization set seats = ? where id = ?")
                .params(seats, host.organization().id())
                .update();
        return host;
    }

    String invite() {
        var organization = logins.login(owner).organization();
        var path = "/api/organizations/" + organization.id() + "/invitations";
        return Answer.to(logins.as(owner), HttpMethod.POST, Map.of(), path).at("/token");
    }

    Answer accept(Newcomer guest, String token) {
        return Answer.to(logins.as(guest), HttpMethod.POST, Map.of("token", token), "/api/invitations/accept");
    }
}
