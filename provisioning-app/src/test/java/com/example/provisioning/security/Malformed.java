package com.example.provisioning.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What people, programs and attackers send. */
final class Malformed {

    private static final String DOCUMENTS = "/api/workspaces/{workspace}/documents";
    private static final String RESOURCES = "/api/workspaces/{workspace}/resources";
    private static final String ROLE = "/api/organizations/{organization}/members/{user}/role";
    private static final String GOOD = "{\"title\":\"T\",\"text\":\"x\"}";

    private Malformed() {}

    /** TOKEN is a good one. */
    static Stream<String> authorizations() {
        return Stream.of(
                "", "Bearer", "Bearer ", "Bearer  TOKEN", "BearerTOKEN", "Bearer TOKEN TOKEN", "Bearer TOKEN,TOKEN",
                "Basic TOKEN", "Basic YWRhOmFkYQ==", "Digest username=\"ada\"", "DPoP TOKEN", "TOKEN",
                "Bearer a", "Bearer a.b", "Bearer a.b.c", "Bearer a.b.c.d.e", "Bearer ..", "Bearer null", "Bearer {}",
                "Bearer TOKENx", "Bearer xTOKEN", "Bearer TOKEN.", "Bearer .TOKEN", "Bearer %00",
                "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.", // no signature
                "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.AAAA", // a secret for a signature
                "Bearer eyJhbGciOiJSUzI1NiJ9.bm90IGpzb24.AAAA",
                "Bearer e30.e30.e30",
                "Bearer " + "x".repeat(4000));
    }

    static Stream<Arguments> claims() {
        return Stream.concat(
                Stream.of("sub", "company", "name", "email").flatMap(claim -> Stream.of(
                                "", " ", "\t", "\u3000", "a\u0000b", "a\nb", "a\u001bb", "a\u0085b",
                                "x".repeat(256))
                        .map(value -> arguments(claim, value))),
                Stream.of(
                        arguments("company", "\u200b\u2060"),
                        arguments("company", "\ufdfa".repeat(20)), // short, until it is normalised
                        arguments("company", 42),
                        arguments("company", true),
                        arguments("company", List.of("A")),
                        arguments("company", Map.of("name", "A")),
                        arguments("name", 42),
                        arguments("name", List.of()),
                        arguments("email", List.of("a@b.example")),
                        arguments("email", 1.5)));
    }

    static Stream<Arguments> paths() {
        return Stream.of(
                arguments("GET", "/api/nothing-here"),
                arguments("GET", "/api/workspaces/not-an-identifier/documents"),
                arguments("GET", "/api/workspaces/1-1-1-1-1/documents"),
                arguments("GET", "/api/workspaces/a;b/documents"),
                arguments("GET", "/api/organizations/%F0%9F%92%A3/members"),
                arguments("GET", DOCUMENTS + "/not-an-identifier"),
                arguments("GET", DOCUMENTS + "?limit=0"),
                arguments("GET", DOCUMENTS + "?limit=101"),
                arguments("GET", DOCUMENTS + "?limit=-1"),
                arguments("GET", DOCUMENTS + "?limit=many"),
                arguments("GET", DOCUMENTS + "?limit=99999999999"),
                arguments("GET", DOCUMENTS + "?after=x"),
                arguments("GET", DOCUMENTS + "?after='%20or%201=1"),
                arguments("GET", "/api/organizations/{organization}/members?limit=0"),
                arguments("GET", "/api/organizations/{organization}/invitations?after=1"),
                arguments("GET", "/api/organizations/{organization}/audit?after=x"),
                arguments("GET", "/api/organizations/{organization}/audit?limit=101"),
                arguments("PATCH", DOCUMENTS),
                arguments("PUT", DOCUMENTS),
                arguments("DELETE", "/api/me"),
                arguments("POST", "/api/me"),
                arguments("DELETE", DOCUMENTS + "/00000000-0000-4000-8000-000000000000"),
                arguments("DELETE", DOCUMENTS + "/00000000-0000-4000-8000-000000000000?version=x"));
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                        Stream.of(
                                        "", " ", "{", "}", "[]", "[" + GOOD + "]", "null", "1", "true", "\"T\"", "{}",
                                        "{\"title\":\"T\"}", "{\"text\":\"x\"}", "{\"title\":null,\"text\":\"x\"}",
                                        "{\"title\":\"\",\"text\":\"x\"}", "{\"title\":\" \",\"text\":\"x\"}",
                                        "{\"title\":[],\"text\":\"x\"}", "{\"title\":{},\"text\":\"x\"}",
                                        "{\"title\":\"a\\u0000b\",\"text\":\"x\"}",
                                        "{\"title\":\"T\",\"text\":\"\\u0000\"}",
                                        "{\"title\":\"" + "x".repeat(256) + "\",\"text\":\"x\"}",
                                        "{\"title\":\"T\",\"text\":\"" + "x".repeat(100_001) + "\"}",
                                        "{\"title\":\"T\",\"text\":\"x\",\"version\":\"one\"}",
                                        "{\"title\":\"T\",\"text\":\"x\",\"version\":9223372036854775808}",
                                        GOOD.replace('"', '\''), GOOD.replace(":", "="), GOOD.substring(1),
                                        "[".repeat(2000), "<title>T</title>")
                                .map(body -> arguments(DOCUMENTS, body)),
                        Stream.of("0", "-1", "2147483648", "1e400", "\"many\"", "\"1\"", "null", "[]", "1.5")
                                .map(capacity -> arguments(
                                        RESOURCES, "{\"name\":\"Room\",\"capacity\":%s}".formatted(capacity))),
                        Stream.of("null", "\"\"", "\"KING\"", "\"owner\"", "99", "[]", "{}")
                                .map(role -> arguments(ROLE, "{\"role\":%s}".formatted(role))))
                .flatMap(bodies -> bodies);
    }

    static Stream<Arguments> contents() {
        return Stream.of(
                arguments("text/plain", GOOD.getBytes(UTF_8)),
                arguments("application/xml", "<title>T</title>".getBytes(UTF_8)),
                arguments("application/x-www-form-urlencoded", "title=T&text=x".getBytes(UTF_8)),
                arguments("multipart/form-data", GOOD.getBytes(UTF_8)),
                arguments("nonsense", GOOD.getBytes(UTF_8)),
                arguments("application/json", GOOD.replace("T", "\u00e9").getBytes(ISO_8859_1)), // no UTF-8
                arguments("application/json", new byte[] {(byte) 0xc3, 0x28}));
    }
}
