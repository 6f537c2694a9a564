package com.example.provisioning.security;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.session.jdbc.config.annotation.web.http.EnableJdbcHttpSession;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/** Sessions are rows: whichever instance gets the next request, it finds them. */
@Configuration(proxyBeanMethods = false)
@EnableJdbcHttpSession
class SessionConfiguration {

    /** Two requests of one session may write the same attribute for the first time: ON CONFLICT lets both succeed. */
    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> upserts() {
        return new PostgreSqlJdbcIndexedSessionRepositoryCustomizer();
    }

    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> cleanup(
            @Value("${provisioning.session.cleanup-cron}") String cron) {
        return sessions -> sessions.setCleanupCron(cron);
    }

    @Bean
    CookieSerializer sessionCookie(@Value("${provisioning.session.secure-cookie}") boolean secure) {
        var cookie = new DefaultCookieSerializer();
        cookie.setCookieName("session");
        cookie.setUseHttpOnlyCookie(true);
        cookie.setSameSite("Lax"); // Strict would not be sent on the way back from the identity provider
        cookie.setUseSecureCookie(secure);
        return cookie;
    }
}
