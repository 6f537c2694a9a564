package com.example.provisioning.development;

import com.example.provisioning.ProvisioningApplication;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** The application with everything it needs beside it: {@code ./mvnw spring-boot:test-run}. */
class DevelopmentApplication {

    public static void main(String[] args) {
        SpringApplication.from(ProvisioningApplication::main)
                .with(DevelopmentConfiguration.class, Announcement.class)
                .withAdditionalProfiles("development")
                .run(args);
    }

    static class Announcement implements ApplicationListener<ApplicationReadyEvent> {

        @Override
        public void onApplicationEvent(ApplicationReadyEvent ready) {
            var port = ready.getApplicationContext().getEnvironment().getProperty("local.server.port");
            var address = "http://127.0.0.1:" + port;
            System.out.println("""

                    ------------------------------------------------------------------------------------------
                     The application runs at %1$s: open it in a browser, and choose who you are.

                     Or let programs sign two people of one company in for the first time:

                     %2$s
                     %3$s

                     There are carla, dora, emil and fay, too. Ctrl-C stops it.
                    ------------------------------------------------------------------------------------------
                    """.formatted(address, curl(address, DevelopmentPerson.ADA), curl(address, DevelopmentPerson.BEN)));
        }

        private static String curl(String address, DevelopmentPerson person) {
            return "curl -s -w '\\n' -H \"Authorization: Bearer $(curl -s %1$s/development/token/%2$s)\" %1$s/api/me"
                    .formatted(address, person.id());
        }
    }
}
