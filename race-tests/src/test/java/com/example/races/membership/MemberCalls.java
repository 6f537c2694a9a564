package com.example.races.membership;

import com.example.provisioning.login.Me;
import com.example.races.Answer;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import java.util.Map;
import org.springframework.http.HttpMethod;

/** What the members of an organization do to each other, over HTTP. Refusals are answers, not exceptions. */
record MemberCalls(Logins logins) {

    Answer changeRole(Newcomer actor, Me whose, String role) {
        return Answer.to(logins.as(actor), HttpMethod.PUT, Map.of("role", role), path(whose) + "/role");
    }

    Answer remove(Newcomer actor, Me whom) {
        return Answer.to(logins.as(actor), HttpMethod.DELETE, null, path(whom));
    }

    Answer leave(Newcomer person) {
        return remove(person, logins.login(person));
    }

    private static String path(Me member) {
        return "/api/organizations/%s/members/%s".formatted(member.organization().id(), member.user().id());
    }
}
