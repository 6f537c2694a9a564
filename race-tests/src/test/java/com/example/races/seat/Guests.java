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
        return Answer.to(logins.as(owner), HttpMethod.POST, Map.of(), path).mustBe("201").at("/token");
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
