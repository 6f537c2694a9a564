package com.example.provisioning.development;

import static org.springframework.security.config.Customizer.withDefaults;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.HtmlUtils;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Instead of a password: the issuer's page on which one chooses who to be. The choice stands in the address, and the
 * issuer keeps no session, so everybody who signs in chooses again.
 */
@TestConfiguration(proxyBeanMethods = false)
class PersonChooser {

    private static final String CHOICE = "person";

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain issuer(HttpSecurity http) throws Exception {
        return http.oauth2AuthorizationServer(server -> {
                    http.securityMatcher(server.getEndpointsMatcher());
                    server.oidc(withDefaults());
                })
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterAfter(new Choice(), SecurityContextHolderFilter.class)
                .exceptionHandling(failures -> failures.authenticationEntryPoint(PersonChooser::ask))
                .build();
    }

    static class Choice extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            Optional.ofNullable(request.getParameter(CHOICE))
                    .flatMap(DevelopmentPerson::named)
                    .map(person -> UsernamePasswordAuthenticationToken.authenticated(
                            person.id(), null, List.of(FactorGrantedAuthority.fromAuthority("FACTOR_CHOICE"))))
                    .ifPresent(SecurityContextHolder.getContext()::setAuthentication);
            chain.doFilter(request, response);
        }
    }

    private static void ask(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        response.setContentType(MediaType.TEXT_HTML_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write("""
                <!doctype html>
                <html lang="en">
                <head><meta name="viewport" content="width=device-width"><title>Who are you?</title></head>
                <body>
                <h1>Who are you?</h1>
                <p>The issuer for development believes everybody.</p>
                <ul>
                %s
                </ul>
                </body>
                </html>
                """.formatted(Arrays.stream(DevelopmentPerson.values())
                        .map(person -> link(person, request))
                        .collect(Collectors.joining("\n"))));
    }

    private static String link(DevelopmentPerson person, HttpServletRequest request) {
        var address = UriComponentsBuilder.fromPath(request.getRequestURI())
                .query(request.getQueryString())
                .queryParam(CHOICE, person.id())
                .build(true)
                .toUriString();
        return "<li><a id=\"%s\" href=\"%s\">%s</a></li>"
                .formatted(person.id(), HtmlUtils.htmlEscape(address), person.claims().get("name"));
    }
}
