package com.example.races;

import com.example.provisioning.ProvisioningApplication;
import com.example.provisioning.development.DevelopmentDatabase;
import com.example.provisioning.development.DevelopmentIssuer;
import dev.raceharness.database.TestDatabase;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;

/**
 * The whole application on a real database, started once for all races. Every session of its pool carries the flag that
 * arms the gates, and the pool has room for a crowd; nothing else differs from production.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = ProvisioningApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.hikari.data-source-properties.options=-c race.armed=on",
            // A crowd of a hundred is held with a connection each.
            "spring.datasource.hikari.maximum-pool-size=110",
            "spring.datasource.hikari.minimum-idle=10",
            // No session is written here, and nothing but the racers shall move while a race is held.
            "provisioning.session.cleanup-cron=-",
            "provisioning.queue.enabled=false",
            // Broken forms answer 500 on purpose, in a build that is green: what failed is said, without pages of where.
            "logging.exception-conversion-word=%ex{2}"
        })
@ActiveProfiles("development")
@Import({
    RaceTest.Database.class,
    DevelopmentDatabase.class,
    DevelopmentIssuer.class,
    Logins.class,
    SecondInstance.class,
    Transactions.class
})
public @interface RaceTest {

    @TestConfiguration(proxyBeanMethods = false)
    class Database {
        @Bean(destroyMethod = "") // it outlives the application: the harness removes itself from it afterwards
        TestDatabase testDatabase() {
            return RaceDatabase.database();
        }
    }
}
