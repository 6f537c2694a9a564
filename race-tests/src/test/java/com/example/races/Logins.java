package com.example.races;

import static java.net.http.HttpClient.Version.HTTP_1_1;

import com.example.provisioning.development.DevelopmentIssuer;
import com.example.provisioning.login.Me;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.client.RestClient;

/** Signs people in over HTTP, as their browsers would. */
@TestComponent
public class Logins {

    private final DevelopmentIssuer issuer;
    private volatile Supplier<String> instance;
    /** One for everybody: else each client that is made of this one starts threads of its own. */
    private final RestClient http = RestClient.builder()
            .requestFactory(new JdkClientHttpRequestFactory(HttpClient.newBuilder().version(HTTP_1_1).build()))
            .build();
    private final Map<Map<String, ?>, String> tokens = new ConcurrentHashMap<>();

    @Autowired
    Logins(DevelopmentIssuer issuer, Environment environment) {
        this(issuer, () -> addressOf(environment));
    }

    /** Of the instance whose environment this is. */
    static String addressOf(Environment environment) {
        return "http://127.0.0.1:" + environment.getProperty("local.server.port");
    }

    private Logins(DevelopmentIssuer issuer, Supplier<String> instance) {
        this.issuer = issuer;
        this.instance = instance;
    }

    /** The first request of all takes seconds, which no race must wait for. */
    @EventListener(ApplicationReadyEvent.class)
    void beTheFirst() {
        login(Newcomer.of(newCompany(), "Nobody"));
    }

    /** The address of the instance that the next client asks. */
    public String instance() {
        return instance.get();
    }

    /** From now on each client asks the instance at the address that comes next. */
    public void ask(Supplier<String> addresses) {
        instance = addresses;
    }

    /** The same people, who sign in at the instance at this address. */
    public Logins at(String address) {
        return new Logins(issuer, () -> address);
    }

    /** Somebody of a company, whom no other race knows. */
    public record Newcomer(String subject, String name, String company) {

        public static Newcomer of(String company, String name) {
            return new Newcomer(name.toLowerCase(Locale.ROOT) + "-" + UUID.randomUUID(), name, company);
        }
    }

    public static String newCompany() {
        return "Company " + UUID.randomUUID();
    }

    /** Fails unless the answer is a success. */
    public Me login(Newcomer person) {
        return Objects.requireNonNull(as(person).get().uri("/api/me").retrieve().body(Me.class));
    }

    /** A client that sends the token of this person with every request. */
    public RestClient as(Newcomer person) {
        return withToken(Map.of("sub", person.subject(), "name", person.name(), "company", person.company()));
    }

    /** A program that administrates people elsewhere. */
    public RestClient asDirectory() {
        return withToken(Map.of("sub", "the-directory", "scope", "provisioning"));
    }

    private RestClient withToken(Map<String, ?> claims) {
        var token = tokens.computeIfAbsent(claims, this::tokenForADay);
        return http.mutate()
                .baseUrl(instance())
                .defaultHeaders(headers -> headers.setBearerAuth(token))
                .build();
    }

    /** All races again and again take longer than the hour for which a token is good otherwise. */
    private String tokenForADay(Map<String, ?> claims) {
        var all = new HashMap<String, Object>(claims);
        all.put("exp", Instant.now().plus(Duration.ofDays(1)));
        return issuer.token(all);
    }
}
