package dev.raceharness;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;

/** Makes results comparable from run to run: identifiers, times and long numbers are masked. */
final class Mask {

    private record Rule(Pattern pattern, String replacement) {}

    private static final List<Rule> ALWAYS = List.of(
            new Rule(Pattern.compile("(?i)\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b"), "<uuid>"),
            new Rule(
                    Pattern.compile(
                            "\\b\\d{4}-\\d\\d-\\d\\d([T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?(Z|[+-]\\d\\d(:?\\d\\d)?)?)?"),
                    "<time>"),
            new Rule(Pattern.compile("\\d{4,}"), "<number>"));

    private final List<Pattern> ignored;

    Mask(List<Pattern> ignored) {
        this.ignored = List.copyOf(ignored);
    }

    String apply(String text, Run run) {
        var masked = text.replace(run.token(), "<run>");
        for (var pattern : ignored) {
            masked = pattern.matcher(masked).replaceAll("<ignored>");
        }
        for (var rule : ALWAYS) {
            masked = rule.pattern().matcher(masked).replaceAll(rule.replacement());
        }
        return masked;
    }

    String resultOf(RacerResult racer, Run run) {
        return racer.failure().map(thrown -> "threw " + describe(thrown, run))
                .orElseGet(() -> "returned " + apply(String.valueOf(racer.value()), run));
    }

    /** The server's messages name processes and rows; what they mean is the SQLSTATE and the constraint. */
    private String describe(Throwable thrown, Run run) {
        for (var cause : causes(thrown)) {
            if (cause instanceof SQLException sql) {
                var constraint = sql instanceof PSQLException server && server.getServerErrorMessage() != null
                        ? server.getServerErrorMessage().getConstraint()
                        : null;
                return thrown.getClass().getSimpleName() + " " + sql.getSQLState()
                        + (constraint == null ? "" : " " + constraint);
            }
        }
        return apply(thrown.toString(), run);
    }

    private static List<Throwable> causes(Throwable thrown) {
        var causes = new ArrayList<Throwable>();
        for (var next = thrown; next != null && !causes.contains(next); next = next.getCause()) {
            causes.add(next);
        }
        return causes;
    }
}
