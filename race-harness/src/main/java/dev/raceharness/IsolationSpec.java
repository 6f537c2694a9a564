package dev.raceharness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes an interleaving down as a spec for isolationtester, which belongs to PostgreSQL (src/test/isolation). One step of a
 * spec is one statement, so the spec brings gates of its own: triggers that wait for locks, which a session of the spec
 * holds and lets go.
 */
final class IsolationSpec {

    private static final String FRAME =
            """
            # %1$s
            # Written by race-harness, for the database in which it was recorded.
            setup
            {
              CREATE SCHEMA race_spec;
              CREATE FUNCTION race_spec.hold() RETURNS trigger LANGUAGE plpgsql AS $$
              DECLARE
                  here text := TG_ARGV[0] || statement_timestamp();
                  racer text := current_setting('race_spec.racer', true);
              BEGIN
                  IF racer <> '' AND current_setting('race_spec.held', true) IS DISTINCT FROM here THEN
                      PERFORM set_config('race_spec.held', here, true);
                      PERFORM pg_advisory_xact_lock_shared(racer::int, nextval('race_spec.holds_' || racer)::int);
                  END IF;
                  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                  RETURN NEW;
              END $$;
              CREATE FUNCTION race_spec.rest() RETURNS text LANGUAGE plpgsql AS $$
              BEGIN
                  LOOP
                      PERFORM pg_stat_clear_snapshot();
                      IF NOT EXISTS (
                          SELECT FROM pg_stat_activity a
                          WHERE a.application_name LIKE 'isolation/%%' AND a.application_name NOT LIKE '%%control connection'
                              AND a.pid <> pg_backend_pid() AND a.state = 'active'
                              AND NOT EXISTS (SELECT FROM pg_locks l WHERE l.pid = a.pid AND NOT l.granted)) THEN
                          RETURN 'at rest';
                      END IF;
                      PERFORM pg_sleep(0.002);
                  END LOOP;
              END $$;
            %2$s}

            teardown
            {
              DROP SCHEMA race_spec CASCADE;
            }

            %3$s
            session gates
            setup { %4$s }
            %5$sstep rest { SELECT race_spec.rest(); }

            permutation %6$s
            """;

    private record Named(String name, String sql) {}

    private final Plan plan;
    private final List<Step> steps;
    private final RecordedStatements.Recording recording;
    private final Map<Integer, String> racersByBackend;
    private final Map<String, List<Named>> statements = new LinkedHashMap<>();
    private final Map<String, Integer> holds = new LinkedHashMap<>();
    private final List<String> permutation = new ArrayList<>();

    private IsolationSpec(
            Plan plan, List<Step> steps, RecordedStatements.Recording recording, Map<Integer, String> racersByBackend) {
        this.plan = plan;
        this.steps = steps;
        this.recording = recording;
        this.racersByBackend = racersByBackend;
        plan.racers.forEach(racer -> {
            statements.put(racer.name(), new ArrayList<>());
            holds.put(racer.name(), 0);
        });
    }

    /** @param racersByBackend as far as known; of the others it is assumed that they serve the racer that took the step */
    static String of(
            Plan plan, List<Step> steps, RecordedStatements.Recording recording, Map<Integer, String> racersByBackend) {
        return new IsolationSpec(plan, steps, recording, racersByBackend).write();
    }

    static void check(Plan plan, List<Step> steps) {
        var unknown = plan.gates.stream().filter(gate -> TriggerDefinition.of(gate).isEmpty()).findFirst();
        unknown.ifPresent(gate -> {
            throw new IllegalArgumentException("isolationtester knows nothing like the gate \"" + gate.description()
                    + "\": only gates on writes and before COMMIT can be exported.");
        });
        if (steps.stream().anyMatch(step -> step.fault().isPresent())) {
            throw new IllegalArgumentException("isolationtester knows no faults, so " + new Schedule.Steps(steps)
                    + " cannot be exported.");
        }
    }

    private String write() {
        for (int i = 0; i < steps.size(); i++) {
            write(steps.get(i), recording.parts().get(i));
        }
        return FRAME.formatted(
                new Schedule.Steps(steps), triggers(), sessions(), locks("pg_advisory_lock"), openings(),
                String.join(" ", permutation));
    }

    private void write(Step step, List<RecordedStatements.Statement> executed) {
        if (!step.isStart()) {
            var hold = holds.merge(step.racer(), 1, Integer::sum);
            permutation.add("\"open " + step.racer() + " " + hold + "\"");
            permutation.add("rest");
        }
        for (var statement : executed) {
            var racer = racersByBackend.getOrDefault(statement.backend(), step.racer());
            var own = statements.get(racer);
            own.add(new Named("\"" + racer + " " + (own.size() + 1) + "\"", braceless(statement.sql())));
            permutation.add(own.get(own.size() - 1).name());
        }
    }

    /** A block of a spec ends with the first brace, wherever that is. */
    private static String braceless(String sql) {
        if (sql.contains("{") || sql.contains("}")) {
            throw new IllegalArgumentException("A spec of isolationtester cannot contain a brace, as this statement does: "
                    + sql);
        }
        return sql.endsWith(";") ? sql : sql + ";";
    }

    private String triggers() {
        var created = new StringBuilder();
        var number = 0;
        for (var gate : plan.gates) {
            var gateName = gate instanceof CommitGate ? CommitGate.LABEL : "gate " + number;
            for (var trigger : TriggerDefinition.of(gate)) {
                created.append("  CREATE %s \"~race_spec %d\" %s ON %s %s%s EXECUTE FUNCTION race_spec.hold('%s');%n"
                        .formatted(
                                trigger.level().kind, number++, trigger.event(), trigger.table(), trigger.level().clause,
                                trigger.condition().map(sql -> " WHEN (" + sql + ")").orElse(""), gateName));
            }
        }
        IntStream.rangeClosed(1, plan.racers.size())
                .forEach(racer -> created.append("  CREATE SEQUENCE race_spec.holds_%d;%n".formatted(racer)));
        return created.toString();
    }

    private int number(String racer) {
        return List.copyOf(statements.keySet()).indexOf(racer) + 1;
    }

    private String sessions() {
        return statements.entrySet().stream()
                .map(racer -> "session \"%s\"%nsetup { SET race_spec.racer = %d; }%n"
                                .formatted(racer.getKey(), number(racer.getKey()))
                        + racer.getValue().stream()
                                .map(statement -> "step %s { %s }%n".formatted(statement.name(), statement.sql()))
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    private String locks(String function) {
        return holds.entrySet().stream()
                .flatMap(racer -> IntStream.rangeClosed(1, racer.getValue())
                        .mapToObj(hold -> "%s(%d, %d)".formatted(function, number(racer.getKey()), hold)))
                .collect(Collectors.joining(", ", "SELECT ", ";"));
    }

    private String openings() {
        return holds.entrySet().stream()
                .flatMap(racer -> IntStream.rangeClosed(1, racer.getValue())
                        .mapToObj(hold -> "step \"open %s %d\" { SELECT pg_advisory_unlock(%d, %d); }%n"
                                .formatted(racer.getKey(), hold, number(racer.getKey()), hold)))
                .collect(Collectors.joining());
    }
}
