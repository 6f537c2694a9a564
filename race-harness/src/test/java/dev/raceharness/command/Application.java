package dev.raceharness.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import dev.raceharness.Playground;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/** An application that runs already, with sessions that are open already and know nothing of races; called by curl. */
final class Application implements AutoCloseable {

    @FunctionalInterface
    interface Handler {
        String answer(Connection transaction, String name) throws SQLException;
    }

    private final HikariDataSource pool = new HikariDataSource();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final ReentrantLock mutex = new ReentrantLock();
    private final AtomicInteger calls = new AtomicInteger();

    Application() throws IOException, InterruptedException {
        this(Playground.owner());
    }

    /** By whose sessions it works. */
    Application(DataSource dataSource) throws IOException, InterruptedException {
        if (new ProcessBuilder("sh", "-c", "command -v curl").start().waitFor() != 0) {
            throw new IllegalStateException("These tests call an application by curl, which is not installed here.");
        }
        Playground.sql(
                "CREATE SCHEMA app",
                "CREATE TABLE app.plain (name text)",
                "CREATE TABLE app.\"Unique\" (name text PRIMARY KEY)",
                "INSERT INTO app.\"Unique\" VALUES ('taken')");
        pool.setDataSource(dataSource);
        pool.setMaximumPoolSize(4);
        pool.setMinimumIdle(4);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        serve("/broken", Application::createUnlessThere);
        serve("/fixed", Application::createOrFind);
        serve("/polite", Application::createOrRefuse);
        serve("/locked", (transaction, name) -> {
            update(transaction, "SELECT pg_advisory_xact_lock(hashtext(?))", name);
            return createUnlessThere(transaction, name);
        });
        serve("/mutex", (transaction, name) -> {
            mutex.lock();
            try {
                return createUnlessThere(transaction, name);
            } finally {
                transaction.commit();
                mutex.unlock();
            }
        });
        serve("/ddl", (transaction, name) -> {
            try (var statement = transaction.createStatement()) {
                statement.execute("CREATE TABLE IF NOT EXISTS app." + name + " ()");
            }
            return "200 " + name;
        });
        serve("/token", (transaction, name) -> createOrFind(transaction, name) + " r:" + token());
        serve("/broken-token", (transaction, name) -> createUnlessThere(transaction, name) + " r:" + token());
        serve("/idle", (transaction, name) -> "200 hello");
        server.start();
    }

    private static String token() {
        return new BigInteger(160, ThreadLocalRandom.current()).toString(36);
    }

    static String createUnlessThere(Connection transaction, String name) throws SQLException {
        if (!exists(transaction, name)) {
            update(transaction, "INSERT INTO app.plain VALUES (?)", name);
        }
        return "200 " + name;
    }

    private static String createOrFind(Connection transaction, String name) throws SQLException {
        update(transaction, "INSERT INTO app.\"Unique\" VALUES (?) ON CONFLICT DO NOTHING", name);
        return "200 " + name;
    }

    /** The loser is told that its password is wrong. */
    private static String createOrRefuse(Connection transaction, String name) throws SQLException {
        try (var select = transaction.prepareStatement("SELECT FROM app.\"Unique\" WHERE name = ?")) {
            select.setString(1, name);
            if (select.executeQuery().next()) {
                return "200 " + name;
            }
        }
        try {
            update(transaction, "INSERT INTO app.\"Unique\" VALUES (?)", name);
            return "200 " + name;
        } catch (SQLException e) {
            transaction.rollback();
            return "401 wrong password";
        }
    }

    private static boolean exists(Connection transaction, String name) throws SQLException {
        try (var select = transaction.prepareStatement("SELECT FROM app.plain WHERE name = ?")) {
            select.setString(1, name);
            return select.executeQuery().next();
        }
    }

    static void update(Connection transaction, String sql, String parameter) throws SQLException {
        try (var statement = transaction.prepareStatement(sql)) {
            statement.setString(1, parameter);
            statement.execute();
        }
    }

    void serve(String path, Handler handler) {
        server.createContext(path, exchange -> {
            calls.incrementAndGet();
            try (exchange) {
                send(exchange, answer(handler, exchange.getRequestURI().getQuery()));
            }
        });
    }

    private String answer(Handler handler, String name) {
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            var answer = handler.answer(connection, name);
            connection.commit();
            return answer;
        } catch (SQLException e) {
            return "500 " + e.getSQLState();
        }
    }

    private static void send(HttpExchange exchange, String answer) throws IOException {
        var body = answer.substring(4).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length);
        exchange.getResponseBody().write(body);
    }

    /** A command that calls it and prints the body and the HTTP status. */
    String curl(String path, String name) {
        var url = "http://localhost:" + server.getAddress().getPort() + "/" + path + "?" + name;
        return "curl -s -w ' %{http_code}' '" + url + "'";
    }

    /** How often it was called. */
    int calls() {
        return calls.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        pool.close();
        Playground.sql("DROP SCHEMA app CASCADE");
    }
}
