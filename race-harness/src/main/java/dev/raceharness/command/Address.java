package dev.raceharness.command;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/** Where the database is and who we are there, from a URL and from psql's environment variables. */
record Address(String jdbcUrl, String user, Optional<String> password) {

    private static final String JDBC = "jdbc:postgresql:";
    private static final int SECONDS_TO_CONNECT = 10;

    static Address of(@Nullable String url, Map<String, String> environment) {
        return url == null ? ofEnvironment(environment) : ofUrl(url, environment);
    }

    private static Address ofEnvironment(Map<String, String> environment) {
        var host = value(environment, "PGHOST").orElse("localhost");
        if (host.startsWith("/")) {
            throw new WrongUseException("PGHOST is the folder of a Unix-domain socket (" + host
                    + "), which Java cannot use: set it to a host name, for instance PGHOST=localhost.");
        }
        var user = user(environment);
        var url = JDBC + "//" + host + ":" + value(environment, "PGPORT").orElse("5432") + "/"
                + value(environment, "PGDATABASE").orElse(user);
        return new Address(checked(url), user, value(environment, "PGPASSWORD"));
    }

    private static Address ofUrl(String url, Map<String, String> environment) {
        if (url.startsWith(JDBC)) {
            refusePassword(url, url.matches(".*[?&]password=.*"));
            return new Address(
                    checked(url), userIn(url).orElseGet(() -> user(environment)), value(environment, "PGPASSWORD"));
        }
        var scheme = url.indexOf("://");
        if (scheme < 0 || !url.substring(0, scheme).matches("postgres(ql)?")) {
            throw new WrongUseException("'" + withoutPassword(url) + "' is no address of a PostgreSQL database:"
                    + " expected jdbc:postgresql://HOST:PORT/DATABASE or postgresql://USER@HOST:PORT/DATABASE.");
        }
        var rest = url.substring(scheme + 3);
        var authority = rest.split("[/?]", 2)[0];
        var at = authority.lastIndexOf('@');
        var user = at < 0 ? Optional.<String>empty() : Optional.of(authority.substring(0, at));
        refusePassword(url, user.filter(name -> name.contains(":")).isPresent() || url.matches(".*[?&]password=.*"));
        var jdbcUrl = checked(JDBC + "//" + rest.substring(at + 1));
        return new Address(
                jdbcUrl,
                user.map(Address::decode).or(() -> userIn(jdbcUrl)).orElseGet(() -> user(environment)),
                value(environment, "PGPASSWORD"));
    }

    private static void refusePassword(String url, boolean carriesOne) {
        if (carriesOne) {
            throw new WrongUseException("The URL " + withoutPassword(url) + " carries a password, and every user of"
                    + " this machine can read command lines: leave it out, and set PGPASSWORD or write a ~/.pgpass"
                    + " file.");
        }
    }

    private static String withoutPassword(String url) {
        return url.replaceAll("(//[^:/@]*):[^/]*@", "$1:***@").replaceAll("([?&]password=)[^&]*", "$1***");
    }

    private static String checked(String jdbcUrl) {
        if (Driver.parseURL(jdbcUrl, new Properties()) == null) {
            throw new WrongUseException("'" + jdbcUrl + "' is no address of a PostgreSQL database: expected"
                    + " jdbc:postgresql://HOST:PORT/DATABASE, the port a number from 1 to 65535.");
        }
        return jdbcUrl;
    }

    private static Optional<String> userIn(String jdbcUrl) {
        return Optional.ofNullable(Driver.parseURL(jdbcUrl, new Properties()))
                .map(properties -> properties.getProperty("user"));
    }

    private static String user(Map<String, String> environment) {
        return value(environment, "PGUSER").orElseGet(() -> System.getProperty("user.name"));
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    private static String decode(String part) {
        // a plus is a plus here, not a space
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    DataSource dataSource() {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl);
        dataSource.setUser(user);
        dataSource.setConnectTimeout(SECONDS_TO_CONNECT);
        password.ifPresent(dataSource::setPassword);
        return dataSource;
    }
}
