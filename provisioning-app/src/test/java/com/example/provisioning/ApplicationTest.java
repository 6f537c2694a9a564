package com.example.provisioning;

import com.example.provisioning.development.DevelopmentConfiguration;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;

/**
 * The whole application on a real database, started once for all tests: each brings people of its own. Who needs the
 * queue or the clean-up of sessions lets it work when they want it to; by the clock it would come in between.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"provisioning.queue.enabled=false", "provisioning.session.cleanup-cron=-"})
@AutoConfigureRestTestClient
@ActiveProfiles("development")
@Import({DevelopmentConfiguration.class, HttpConfiguration.class, Caller.class, Endpoints.class, Tables.class})
public @interface ApplicationTest {}
