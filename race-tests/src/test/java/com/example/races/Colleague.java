package com.example.races;

import com.example.provisioning.access.Member;
import com.example.provisioning.login.Me;
import com.example.races.Logins.Newcomer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.client.RestClient;

/** Somebody who works in the workspace of a company, over HTTP. Refusals are answers, not exceptions. */
public record Colleague(Me me, RestClient http) {

    public static Colleague signIn(Logins logins, Newcomer person) {
        return new Colleague(logins.login(person), logins.as(person));
    }

    public static Colleague ofNewCompany(Logins logins) {
        return signIn(logins, Newcomer.of(Logins.newCompany(), "Ada"));
    }

    /** The same person, who sends this header with every request. */
    public Colleague with(String header, String value) {
        return new Colleague(me, http.mutate().defaultHeader(header, value).build());
    }

    public UUID workspace() {
        return me.workspace().id();
    }

    public UUID user() {
        return me.user().id();
    }

    /** As the application sees who is calling. */
    public Member member() {
        return new Member(user(), me.organization().id(), workspace(), me.role());
    }

    /** @param path below that of the workspace */
    public Answer get(String path, Object... variables) {
        return call(HttpMethod.GET, null, path, variables);
    }

    public Answer post(Object body, String path, Object... variables) {
        return call(HttpMethod.POST, body, path, variables);
    }

    public Answer put(Object body, String path, Object... variables) {
        return call(HttpMethod.PUT, body, path, variables);
    }

    public Answer delete(String path, Object... variables) {
        return call(HttpMethod.DELETE, null, path, variables);
    }

    private Answer call(HttpMethod method, @Nullable Object body, String path, Object... variables) {
        return Answer.to(http, method, body, "/api/workspaces/" + workspace() + path, variables);
    }
}
