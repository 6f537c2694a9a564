package com.example.provisioning.security;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientPropertiesMapper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.util.function.SingletonSupplier;

/** The identity provider that people sign in with, as spring.security.oauth2.client.* describes it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OAuth2ClientProperties.class)
class SignInConfiguration {

    /** Asked for its addresses when the first person signs in: the application starts even if it cannot be reached. */
    @Bean
    ClientRegistrationRepository identityProviders(OAuth2ClientProperties properties) {
        var providers = SingletonSupplier.of(
                () -> new OAuth2ClientPropertiesMapper(properties).asClientRegistrations());
        return id -> providers.obtain().get(id);
    }

    /** In the session, and gone with it. By default every token would stay in the memory of one instance. */
    @Bean
    OAuth2AuthorizedClientRepository tokensOfTheSession() {
        return new HttpSessionOAuth2AuthorizedClientRepository();
    }
}
