package dev.raceharness.database;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The address of a server as people write it: the driver's form, or the one of psql, with user and password in it. */
record ServerUrl(String jdbcUrl, Optional<String> user, Optional<String> password) {

    static ServerUrl parse(String text) {
        if (text.startsWith("jdbc:postgresql:")) {
            return new ServerUrl(text, Optional.empty(), Optional.empty());
        }
        if (text.startsWith("postgresql://") || text.startsWith("postgres://")) {
            return ofUri(text.substring(text.indexOf("://") + 3));
        }
        throw new NoDatabaseException("%s must begin with jdbc:postgresql:// or postgresql://, but is \"%s\""
                .formatted(Choice.URL, text.replaceAll("//[^@/]*@", "//***@")));
    }

    private static ServerUrl ofUri(String rest) {
        var authority = rest.split("[/?]", 2)[0];
        var at = authority.lastIndexOf('@');
        if (at < 0) {
            return new ServerUrl("jdbc:postgresql://" + rest, Optional.empty(), Optional.empty());
        }
        var userInfo = authority.substring(0, at).split(":", 2);
        return new ServerUrl(
                "jdbc:postgresql://" + rest.substring(at + 1),
                Optional.of(decode(userInfo[0])),
                userInfo.length == 2 ? Optional.of(decode(userInfo[1])) : Optional.empty());
    }

    private static String decode(String part) {
        // a plus is a plus here, not a space
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
