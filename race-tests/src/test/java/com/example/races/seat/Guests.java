package com.example.races.seat;

import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.sql;

import com.example.provisioning.login.Me;
import com.example.races.Answer;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import java.util.Map;
import java.util.UUID;
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
        return invitation().mustBe("201").at("/token");
    }

    /** With the token and the identifier. */
    Answer invitation() {
        return asOwner(HttpMethod.POST, "/invitations");
    }

    Answer withdraw(UUID invitation) {
        return asOwner(HttpMethod.DELETE, "/invitations/" + invitation);
    }

    Answer remove(UUID guest) {
        return asOwner(HttpMethod.DELETE, "/members/" + guest);
    }

    Answer leave(Newcomer guest, UUID organization) {
        var path = "/api/organizations/" + organization + "/members/" + logins.login(guest).user().id();
        return Answer.to(logins.as(guest), HttpMethod.DELETE, null, path);
    }

    private Answer asOwner(HttpMethod method, String path) {
        var organization = logins.login(owner).organization();
        return Answer.to(
                logins.as(owner),
                method,
                method == HttpMethod.POST ? Map.of() : null,
                "/api/organizations/" + organization.id() + path);
    }

    /** As they are counted. */
    int seatsTaken() {
        return sql().sql("select seats_taken from organization where name = ?")
                .param(owner.company())
                .query(Integer.class)
                .single();
    }

    /** Seats as they are counted, and those who sit there, who must be as many. */
    String seats() {
        return sql().sql("""
                        select o.seats_taken || ' of ' || o.seats || ' taken, '
                                || (select count(*) from membership where organization_id = o.id and seat) || ' in, '
                                || (select count(accepted_by) from invitation where organization_id = o.id) || ' used'
                          from organization o where o.name = ?
                        """)
                .param(owner.company())
                .query(String.class)
                .single();
    }

    Answer accept(Newcomer guest, String token) {
        return Answer.to(logins.as(guest), HttpMethod.POST, Map.of("token", token), "/api/invitations/accept");
    }
}
