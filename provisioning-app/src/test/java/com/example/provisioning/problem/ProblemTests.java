package com.example.provisioning.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

class ProblemTests {

    record Order(@NotBlank String name, @Min(1) int amount) {}

    @RestController
    static class Failing {

        private Exception failure = new IllegalStateException();

        @GetMapping("/failing")
        void fail() throws Exception {
            throw failure;
        }

        @GetMapping("/parameter")
        void parameter(@RequestParam @Min(1) int amount) {}

        @PostMapping("/orders")
        void order(@Valid @RequestBody Order order) {}
    }

    private final Logger log = (Logger) LoggerFactory.getLogger(ProblemAdvice.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Failing controller = new Failing();
    private final RestTestClient client = RestTestClient.bindToController(controller)
            .configureServer(server -> server.setControllerAdvice(new ProblemAdvice()))
            .build();

    @BeforeEach
    void listen() {
        logged.start();
        log.addAppender(logged);
        log.setAdditive(false);
    }

    @AfterEach
    void listenNoMore() {
        log.detachAppender(logged);
        log.setAdditive(true);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                argumentSet("a refusal", ProblemException.conflict("handle-taken", "It is."), 409, "handle-taken"),
                argumentSet("nothing", ProblemException.notFound(), 404, "not-found"),
                argumentSet("access denied", new AccessDeniedException("secret"), 403, "forbidden"),
                argumentSet("a bug", new IllegalStateException("secret"), 500, "unexpected"),
                argumentSet("a bug in SQL", caused(new SQLException("secret", "42P01")), 500, "unexpected"),
                argumentSet(
                        "no connection is free",
                        new CannotCreateTransactionException("secret", new SQLTransientConnectionException("secret")),
                        503,
                        "database-unavailable"),
                argumentSet("no server", caused(new SQLException("secret", "08006")), 503, "database-unavailable"),
                argumentSet("a restart", caused(new SQLException("secret", "57P01")), 503, "database-unavailable"),
                argumentSet("a restart, and no rollback", notEvenRolledBack(), 503, "database-unavailable"),
                argumentSet("a deadlock", caused(new SQLException("secret", "40P01")), 503, "too-many-collisions"),
                argumentSet("a duplicate", caused(new SQLException("secret", "23505")), 409, "conflict"),
                argumentSet("a check", caused(new SQLException("secret", "23514")), 400, "unacceptable-value"),
                argumentSet("a zero byte", caused(new SQLException("secret", "22021")), 400, "unacceptable-value"));
    }

    private static Exception caused(SQLException cause) {
        return new DataAccessResourceFailureException("secret", cause);
    }

    private static Exception notEvenRolledBack() {
        var failure = new TransactionSystemException("secret", new SQLException("Connection is closed"));
        failure.initApplicationException(caused(new SQLException("secret", "57P01")));
        return failure;
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isToldByItsTypeAndSaysNothingInternal(Exception failure, int status, String type) {
        controller.failure = failure;

        client.get().uri("/failing").exchange()
                .expectStatus().isEqualTo(status)
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader().value("Retry-After", seconds -> assertThat(status == 503).isEqualTo(seconds != null))
                .expectBody(String.class)
                .value(body -> assertThat(body).contains("\"/problems/" + type + "\"").doesNotContain("secret"));
        assertThat(logged.list).hasSize(status == 500 ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{'name':' ','amount':0} | invalid        | amount,name",
        "{'name':'x','amount':0} | invalid        | amount",
        "{'name':'x','amount':'a'} | invalid      | amount",
        "{'name':[],'amount':1}  | invalid        | name",
        "{'name'                 | malformed-body | ",
        "[]                      | malformed-body | ",
        "null                    | malformed-body | ",
    })
    void bodyIsRefusedFieldByField(String body, String type, String fields) {
        var response = client.post().uri("/orders").contentType(MediaType.APPLICATION_JSON)
                .body(body.replace('\'', '"')).exchange()
                .expectStatus().isBadRequest()
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody().jsonPath("$.type").isEqualTo("/problems/" + type);
        if (fields != null) {
            response.jsonPath("$.errors[*].field").value(found ->
                    assertThat((Iterable<?>) found).map(Object::toString).containsExactlyInAnyOrder(fields.split(",")));
        }
    }

    @Test
    void parameterIsNamedToo() {
        client.get().uri("/parameter?amount=0").exchange()
                .expectStatus().isBadRequest()
                .expectBody()
                .jsonPath("$.type").isEqualTo("/problems/invalid")
                .jsonPath("$.errors[0].field").isEqualTo("amount");
    }

    @ParameterizedTest
    @CsvSource({"/parameter, bad-request", "/parameter?amount=x, bad-request", "/orders, method-not-allowed"})
    void whatTheFrameworkRefusesHasATypeToo(String uri, String type) {
        client.get().uri(uri).exchange()
                .expectStatus().is4xxClientError()
                .expectBody().jsonPath("$.type").isEqualTo("/problems/" + type);
    }
}
