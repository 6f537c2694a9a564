package com.example.provisioning.development;

import dev.raceharness.database.TestDatabase;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** A database, an issuer to sign in at, and a way for curl to get a token. */
@TestConfiguration(proxyBeanMethods = false)
@Import({DevelopmentDatabase.class, DevelopmentIssuer.class, DevelopmentSignIn.class, PersonChooser.class})
public class DevelopmentConfiguration {

    @Bean // closed with the context: after everything that uses it, also on Ctrl-C
    TestDatabase testDatabase() {
        return TestDatabase.startUntilClosed();
    }
}
