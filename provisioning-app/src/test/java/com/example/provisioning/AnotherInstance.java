package com.example.provisioning;

import com.example.provisioning.development.DevelopmentIssuer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;

/** The application once more, on the same database. */
public record AnotherInstance(ConfigurableApplicationContext context) implements AutoCloseable {

    public static AnotherInstance on(JdbcConnectionDetails database) {
        return new AnotherInstance(new SpringApplicationBuilder(ProvisioningApplication.class, DevelopmentIssuer.class)
                .profiles("development")
                .run(
                        "--spring.datasource.url=" + database.getJdbcUrl(),
                        "--spring.datasource.username=" + database.getUsername(),
                        "--spring.datasource.password=" + database.getPassword(),
                        "--spring.datasource.hikari.maximum-pool-size=2",
                        "--spring.flyway.enabled=false",
                        "--provisioning.queue.enabled=false",
                        "--spring.main.lazy-initialization=true",
                        "--logging.level.org.apache.catalina.loader=error")); // it sees the other one's threads
    }

    public String port() {
        return context.getEnvironment().getRequiredProperty("local.server.port");
    }

    @Override
    public void close() {
        context.close();
    }
}
