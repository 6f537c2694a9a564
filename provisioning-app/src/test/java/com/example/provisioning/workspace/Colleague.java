package com.example.provisioning.workspace;

import static com.example.provisioning.Caller.newCompany;
import static com.example.provisioning.Caller.somebody;

import com.example.provisioning.Caller;
import com.example.provisioning.login.Me;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.RequestBodySpec;
import org.springframework.test.web.servlet.client.RestTestClient.RequestHeadersSpec;

/** Somebody who is signed in and works in the workspace of a company. */
public record Colleague(String company, Me me, RestTestClient client) {

    /** The first of a new company. */
    public static Colleague ofNewCompany(Caller caller) {
        return of(caller, newCompany());
    }

    private static Colleague of(Caller caller, String company) {
        var claims = somebody(Map.of("company", company));
        return new Colleague(company, caller.login(claims), caller.as(claims));
    }

    /** Another one of the same company. */
    public Colleague colleague(Caller caller) {
        return of(caller, company);
    }

    public UUID workspace() {
        return me.workspace().id();
    }

    /** @param path below that of the own workspace */
    public RequestHeadersSpec<?> get(String path, Object... variables) {
        return client.get().uri(in(workspace(), path), variables);
    }

    public RequestBodySpec post(String path, Object... variables) {
        return client.post().uri(in(workspace(), path), variables).contentType(MediaType.APPLICATION_JSON);
    }

    public RequestBodySpec put(String path, Object... variables) {
        return client.put().uri(in(workspace(), path), variables).contentType(MediaType.APPLICATION_JSON);
    }

    public RequestHeadersSpec<?> delete(String path, Object... variables) {
        return client.delete().uri(in(workspace(), path), variables);
    }

    public static String in(UUID workspace, String path) {
        return "/api/workspaces/" + workspace + path;
    }
}
