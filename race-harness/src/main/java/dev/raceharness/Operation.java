package dev.raceharness;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a statement does to a table. */
public enum Operation {
    INSERT,
    UPDATE,
    DELETE;

    /** Whether a condition in a trigger of this operation may say what this one says of OLD and NEW. */
    boolean canBeJudgedBy(String sqlCondition) {
        var missing = this == INSERT ? "OLD" : this == DELETE ? "NEW" : null;
        return missing == null
                || !Pattern.compile("\\b" + missing + "\\s*\\.", Pattern.CASE_INSENSITIVE).matcher(sqlCondition).find();
    }

    /** Those of these operations that the condition can judge; all if it can judge none, which PostgreSQL then refuses. */
    static List<Operation> judgedBy(Optional<String> sqlCondition, Set<Operation> operations) {
        var all = operations.stream().sorted().toList();
        var judged = all.stream()
                .filter(operation -> sqlCondition.isEmpty() || operation.canBeJudgedBy(sqlCondition.get()))
                .toList();
        return judged.isEmpty() ? all : judged;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
