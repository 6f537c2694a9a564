package com.example.races.firstlogin;

import com.example.provisioning.ProvisioningApplication;
import com.example.provisioning.development.DevelopmentIssuer;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.firstlogin.FirstLogin12TwoInstancesTests.LockedInMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The application once more, in a JVM of its own. It does what it reads, line by line, and ends when nobody asks any
 * more.
 */
final class SecondInstance implements AutoCloseable {

    private static final String ANSWER = "answer ";
    private static final String FAILURE = "failure ";

    private final Process process;
    private final PrintWriter questions;
    private final BufferedReader answers;

    private SecondInstance(Process process) {
        this.process = process;
        this.questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Takes the database from its environment, as in production, and finds it migrated. */
    static SecondInstance start(JdbcConnectionDetails database) throws IOException {
        var command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SecondInstance.class.getName());
        command.environment().put("SPRING_DATASOURCE_URL", database.getJdbcUrl());
        command.environment().put("SPRING_DATASOURCE_USERNAME", database.getUsername());
        command.environment().put("SPRING_DATASOURCE_PASSWORD", database.getPassword());
        var instance = new SecondInstance(command.redirectError(ProcessBuilder.Redirect.INHERIT).start());
        instance.answer();
        return instance;
    }

    UUID login(String company, String name) throws IOException {
        return ask("login", company, name);
    }

    UUID organizationLockedInMemory(String company) throws IOException {
        return ask("locked", company);
    }

    private UUID ask(String... words) throws IOException {
        questions.println(String.join("\t", words));
        var answer = answer();
        if (answer.startsWith(FAILURE)) {
            throw new IllegalStateException(answer);
        }
        return UUID.fromString(answer);
    }

    private String answer() throws IOException {
        for (var line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(ANSWER)) {
                return line.substring(ANSWER.length());
            }
            System.out.println(line);
        }
        throw new IOException("The second instance ended without an answer.");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws IOException {
        var application = new SpringApplicationBuilder(
                        ProvisioningApplication.class, DevelopmentIssuer.class, Logins.class)
                .profiles("development")
                .run(
                        "--spring.main.lazy-initialization=true",
                        "--spring.flyway.enabled=false",
                        "--spring.datasource.hikari.maximum-pool-size=3",
                        "--spring.datasource.hikari.data-source-properties.options=-c race.armed=on");
        var logins = application.getBean(Logins.class);
        var locked = new LockedInMemory(new NaiveProvisioning(
                application.getBean(JdbcClient.class), application.getBean(PlatformTransactionManager.class)));
        System.out.println(ANSWER + "ready");
        var questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = questions.readLine(); line != null; line = questions.readLine()) {
            System.out.println(ANSWER + answer(line.split("\t"), logins, locked));
        }
        application.close();
    }

    private static String answer(String[] words, Logins logins, LockedInMemory locked) {
        try {
            var organization = words[0].equals("login")
                    ? logins.login(Newcomer.of(words[1], words[2])).organization().id()
                    : locked.organizationOf(words[1]);
            return organization.toString();
        } catch (RuntimeException failure) {
            return FAILURE + failure;
        }
    }
}
