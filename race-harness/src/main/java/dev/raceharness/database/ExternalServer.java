package dev.raceharness.database;

import java.util.Map;
import java.util.function.Consumer;
import org.postgresql.ds.PGSimpleDataSource;

/** A server that somebody else runs, named by the environment. */
record ExternalServer(PGSimpleDataSource administrator) implements Server {

    static ExternalServer from(Map<String, String> environment) {
        var url = ServerUrl.parse(environment.getOrDefault(Choice.URL, ""));
        var administrator = new PGSimpleDataSource();
        administrator.setURL(url.jdbcUrl());
        url.user().ifPresent(administrator::setUser);
        url.password().ifPresent(administrator::setPassword);
        given(environment, Choice.USER, administrator::setUser);
        given(environment, Choice.PASSWORD, administrator::setPassword);
        return new ExternalServer(administrator);
    }

    private static void given(Map<String, String> environment, String name, Consumer<String> setter) {
        var value = environment.getOrDefault(name, "");
        if (!value.isEmpty()) {
            setter.accept(value);
        }
    }

    @Override
    public String kind() {
        return "external";
    }

    @Override
    public String reason() {
        return Choice.URL + " is set";
    }

    @Override
    public boolean outlivesUs() {
        return true;
    }

    @Override
    public void stop() {
        // not ours
    }
}
