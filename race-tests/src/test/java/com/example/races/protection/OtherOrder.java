package com.example.races.protection;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Inserts what it is told to insert, but into the last of the tables first. */
final class OtherOrder implements JdbcClient {

    private final JdbcClient sql;
    private final List<String> tables;
    private final List<StatementSpec> waiting = new ArrayList<>();

    OtherOrder(JdbcClient sql, List<String> tables) {
        this.sql = sql;
        this.tables = tables;
    }

    @Override
    public StatementSpec sql(String statement) {
        var spec = sql.sql(statement);
        if (inserts(statement, tables.subList(0, tables.size() - 1))) {
            return instead(spec, () -> waits(spec));
        }
        return inserts(statement, tables.subList(tables.size() - 1, tables.size()))
                ? instead(spec, () -> comesBeforeTheOthers(spec))
                : spec;
    }

    private static boolean inserts(String statement, List<String> tables) {
        return tables.stream().anyMatch(table -> statement.startsWith("insert into " + table + " "));
    }

    private int waits(StatementSpec spec) {
        waiting.add(spec);
        return 1;
    }

    private int comesBeforeTheOthers(StatementSpec spec) {
        int inserted = spec.update();
        var others = List.copyOf(waiting);
        waiting.clear();
        others.forEach(StatementSpec::update);
        return inserted;
    }

    /** It takes its parameters as ever, and is executed in another way. */
    private static StatementSpec instead(StatementSpec spec, IntSupplier update) {
        return (StatementSpec) Proxy.newProxyInstance(
                StatementSpec.class.getClassLoader(),
                new Class<?>[] {StatementSpec.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("update")) {
                        return update.getAsInt();
                    }
                    method.invoke(spec, arguments);
                    return proxy;
                });
    }
}
