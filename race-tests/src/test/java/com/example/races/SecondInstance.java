package com.example.races;

import com.example.provisioning.ProvisioningApplication;
import com.example.provisioning.development.DevelopmentIssuer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * The application once more, in a JVM of its own, on the same database: started once for all races that need it. It
 * accepts the tokens of the first one's issuer, over HTTP, and runs twins whose names it reads. It ends when there is
 * nothing more to read.
 */
@TestComponent
public final class SecondInstance implements AutoCloseable {

    private static final String ANSWER = "answer ";
    private static final String GONE = "gone";

    private final JdbcConnectionDetails database;
    private final Environment environment;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private @Nullable Process process;
    private @Nullable String address;

    SecondInstance(JdbcConnectionDetails database, Environment environment) {
        this.database = database;
        this.environment = environment;
    }

    /** Where somebody will ask for it, it starts while the first races are run: that takes it several seconds. */
    @EventListener(ApplicationReadyEvent.class)
    void startAhead() {
        if (SecondInstanceAhead.isWanted()) {
            start();
        }
    }

    /** Where people sign in at it; started if it was not. */
    public synchronized String address() {
        start();
        if (address == null) {
            address = answer();
        }
        return address;
    }

    /** What this twin answers there; its constructor gets beans of that instance. */
    public String ask(Class<? extends UnaryOperator<String>> twin, String question) {
        address();
        new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true).println(twin.getName() + "\t" + question);
        return answer();
    }

    private synchronized void start() {
        if (process != null) {
            return;
        }
        try {
            process = command().start();
            var reader = new Thread(() -> read(process.inputReader(StandardCharsets.UTF_8)), "second instance");
            reader.setDaemon(true);
            reader.start();
        } catch (IOException e) {
            throw new IllegalStateException("The second instance cannot be started", e);
        }
    }

    /** Takes the database and the issuer from its environment, as in production, and finds the database migrated. */
    private ProcessBuilder command() {
        var command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SecondInstance.class.getName());
        command.environment().put("SPRING_DATASOURCE_URL", database.getJdbcUrl());
        command.environment().put("SPRING_DATASOURCE_USERNAME", database.getUsername());
        command.environment().put("SPRING_DATASOURCE_PASSWORD", database.getPassword());
        var tokens = "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_";
        command.environment().put(tokens + "JWKSETURI", Logins.addressOf(environment) + DevelopmentIssuer.KEYS);
        command.environment().put(tokens + "JWSALGORITHMS", DevelopmentIssuer.ALGORITHM.getName());
        return command.redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /** What it says besides is passed on; if nobody read it, it would have to stop at some time. */
    private void read(BufferedReader output) {
        output.lines().forEach(line -> {
            if (line.startsWith(ANSWER)) {
                answers.add(line.substring(ANSWER.length()));
            } else {
                System.out.println(line);
            }
        });
        answers.add(GONE);
    }

    private String answer() {
        try {
            var answer = answers.take();
            if (answer.equals(GONE)) {
                throw new IllegalStateException("The second instance has ended; what it said is above.");
            }
            return answer;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    public static void main(String[] arguments) throws IOException {
        var application = new SpringApplicationBuilder(ProvisioningApplication.class)
                .profiles("development")
                .run(
                        "--spring.main.lazy-initialization=true",
                        "--spring.flyway.enabled=false",
                        "--provisioning.session.cleanup-cron=-",
                        "--provisioning.queue.enabled=false",
                        "--spring.datasource.hikari.maximum-pool-size=20",
                        "--spring.datasource.hikari.minimum-idle=2",
                        "--spring.datasource.hikari.data-source-properties.options=-c race.armed=on");
        System.out.println(ANSWER + Logins.addressOf(application.getEnvironment()));
        var twins = new HashMap<String, UnaryOperator<String>>();
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            var words = line.split("\t");
            var twin = twins.computeIfAbsent(words[0], name -> twin(name, application));
            System.out.println(ANSWER + twin.apply(words[1]));
        }
        application.close();
    }

    @SuppressWarnings("unchecked")
    private static UnaryOperator<String> twin(String name, ApplicationContext application) {
        var type = ClassUtils.resolveClassName(name, null);
        return (UnaryOperator<String>) application.getAutowireCapableBeanFactory().createBean(type);
    }
}
