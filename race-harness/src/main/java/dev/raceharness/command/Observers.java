package dev.raceharness.command;

import dev.raceharness.Run;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks after each run. What an observer fails with is to be seen too, as it is of racers. */
final class Observers {

    private final RaceDefinition definition;
    private final Database database;
    private final Shell shell;
    private final Set<String> haveSucceeded = new HashSet<>();

    Observers(RaceDefinition definition, Database database, Shell shell) {
        this.definition = definition;
        this.database = database;
        this.shell = shell;
    }

    /**
     * In the order in which the command line asks.
     *
     * @throws WrongUseException in an exploration if one fails that has never succeeded: serial orders come first, so it is
     *     probably mistyped, and would find all runs alike
     */
    List<String> observe(Run run) {
        var seen = new ArrayList<String>();
        definition.observe().forEach(command -> seen.add(printed(command, Placeholders.fill(command, run))));
        definition.observeSql().forEach(sql -> seen.add(answered(sql, Placeholders.fill(sql, run))));
        return seen;
    }

    private String printed(String command, String filled) {
        var result = shell.call("--observe", filled);
        if (result.exitCode() == 0) {
            haveSucceeded.add(command);
            return result.output();
        }
        refuseUnlessItSucceededBefore("The command of --observe", command, filled, result.toString());
        return result.toString();
    }

    private String answered(String sql, String filled) {
        try {
            var rows = database.text(filled);
            haveSucceeded.add(sql);
            return rows;
        } catch (SQLException e) {
            var failure = String.valueOf(e.getMessage());
            refuseUnlessItSucceededBefore("The statement of --observe-sql", sql, filled, failure);
            return failure;
        }
    }

    private void refuseUnlessItSucceededBefore(String what, String observer, String filled, String failure) {
        if (definition.explores() && !haveSucceeded.contains(observer)) {
            throw new WrongUseException(what + " failed before it had ever succeeded: " + filled + "\n" + failure
                    + "\nAfter racers that ran one after the other it must succeed: else it would find all runs alike.");
        }
    }
}
