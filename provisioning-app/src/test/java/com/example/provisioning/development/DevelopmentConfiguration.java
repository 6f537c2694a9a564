package com.example.provisioning.development;

import dev.raceharness.database.TestDatabase;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** A database, an issuer to sign in at, and a way for curl to get a token. */
@TestConfiguration(proxyBeanMethods = false)
@Import({DevelopmentDatabase.class, DevelopmentIssuer.class, DevelopmentSignIn.class, PersonChooser.class})
public class DevelopmentConfiguration {

    @Bean // closed with the context: after everything that uses it, also on Ctrl-C
    TestDatabase testDatabase() {
        return TestDatabase.startUntilClosed();
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain tokensForEverybody(HttpSecurity http) throws Exception {
        return http.securityMatcher("/development/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    RouterFunction<ServerResponse> tokens(DevelopmentIssuer issuer) {
        return RouterFunctions.route()
                .GET("/development/token/{person}", request -> token(request, issuer))
                .build();
    }

    private static ServerResponse token(ServerRequest request, DevelopmentIssuer issuer) {
        return DevelopmentPerson.named(request.pathVariable("person"))
                .map(person -> ServerResponse.ok().body(issuer.token(person)))
                .orElseGet(() -> ServerResponse.status(HttpStatus.NOT_FOUND)
                        .body(Arrays.stream(DevelopmentPerson.values())
                                .map(DevelopmentPerson::id)
                                .collect(Collectors.joining(", ", "Nobody has that name here; there are ", ".\n"))));
    }
}
