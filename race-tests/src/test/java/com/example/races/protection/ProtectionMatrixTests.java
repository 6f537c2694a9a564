package com.example.races.protection;

import static com.example.races.RaceDatabase.ownerDataSource;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.RaceDatabase;
import com.example.races.RaceTest;
import com.example.races.Reruns;
import com.example.races.Reruns.Rerun;
import dev.raceharness.RaceNotForcedException;
import dev.raceharness.RaceSetupException;
import dev.raceharness.junit.RaceExtension;
import dev.raceharness.report.Grid;
import dev.raceharness.report.RaceReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Every protection of the application is taken away in turn, and a race goes red for it, with the figure or the answer
 * that the anomaly leaves.
 *
 * <p>A protection whose removal no race notices is a defect of this suite. What the database keeps is read from its
 * catalog, and what its statements compare from the application's source, so that nothing can be added without a race for
 * it, or a reason why it needs none.
 */
@RaceTest
@ExtendWith(Reruns.ForTests.class)
class ProtectionMatrixTests {

    private static final List<List<String>> MATRIX = new ArrayList<>();

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    @Autowired
    ApplicationContext application;

    static Stream<Protection> protections() {
        return Protections.all().stream();
    }

    @ParameterizedTest
    @MethodSource("protections")
    void aRaceGoesRedWithout(Protection protection, Reruns reruns) {
        Rerun rerun;
        try (var gone = protection.away().apply(application)) {
            rerun = reruns.of(List.of(protection.race()));
        }

        assertThat(rerun.started()).as("tests of %s", protection.race()).isPositive();
        assertThat(rerun.failures().stream().map(ProtectionMatrixTests::inOneLine))
                .as("%s is gone: what goes red, and why", protection)
                .isNotEmpty()
                .noneMatch(failure -> failure.contains(RaceSetupException.class.getSimpleName()))
                .noneMatch(failure -> failure.contains(RaceNotForcedException.class.getSimpleName()))
                .allMatch(failure -> failure.contains(protection.red()), "says " + protection.red());
        MATRIX.add(List.of(
                protection.name(), nameOf(protection.race()), shortened(inOneLine(rerun.failures().get(0)))));
    }

    private static String nameOf(String race) {
        return race.replaceAll("^\\w+\\.|Tests#.*", "");
    }

    private static String inOneLine(String failure) {
        return failure.replaceAll("\\s+", " ");
    }

    private static String shortened(String line) {
        return line.length() <= 240 ? line : line.substring(0, 237) + "...";
    }

    /** What is in the catalog is in the matrix, or has a reason for not being in it; and nothing else is. */
    @Test
    void everyConstraintIsKnown() {
        var inTheDatabase = RaceDatabase.sql()
                .sql("""
                        select conname from pg_constraint
                        where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'f', 'c', 'x')
                            and conrelid::regclass::text not like 'flyway%'
                        union
                        select relname from pg_index join pg_class on pg_class.oid = indexrelid
                        where indisunique and relnamespace = 'public'::regnamespace
                            and indrelid::regclass::text not like 'flyway%'
                        """)
                .query(String.class)
                .list();
        var known = Stream.concat(
                        Protections.all().stream().flatMap(protection -> protection.covers().stream()),
                        NoProtection.all().keySet().stream())
                .toList();

        assertThat(inTheDatabase.stream().filter(name -> !known.contains(name)))
                .as("constraints that nobody takes away: add them to Protections with a race, or to NoProtection")
                .isEmpty();
        assertThat(known.stream().filter(name -> !inTheDatabase.contains(name)))
                .as("constraints in Protections or NoProtection that are not in the database any more")
                .isEmpty();
    }

    /** As above, of the conditions in the application's source under which its statements write. */
    @Test
    void everyComparisonIsKnown() {
        var columnsOfKeys = RaceDatabase.sql()
                .sql("""
                        select distinct attname from pg_constraint join pg_attribute on attrelid = conrelid
                        where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'f') and attnum = any (conkey)
                        """)
                .query(String.class)
                .list();
        var conditions = Condition.all().stream().filter(condition -> !condition.isAKey(columnsOfKeys)).toList();
        var known = Comparisons.all();
        var noProtection = NoProtection.conditions().keySet();

        assertThat(conditions.stream()
                        .filter(condition -> known.stream().noneMatch(comparison -> comparison.is(condition)))
                        .filter(condition -> !noProtection.contains(condition.words())))
                .as("comparisons that nobody takes away: add them to Comparisons with a race, or to NoProtection")
                .isEmpty();
        assertThat(known.stream().filter(comparison -> conditions.stream().noneMatch(comparison::is)))
                .as("comparisons that are not in the application's source any more")
                .isEmpty();
        assertThat(noProtection.stream()
                        .filter(words -> conditions.stream().noneMatch(condition -> condition.words().equals(words))))
                .as("conditions in NoProtection that are not in the application's source any more")
                .isEmpty();
    }

    @AfterAll
    static void intoTheReport(RaceReport report) {
        report.add(new Grid("protections", List.of("Taken away", "Race", "What went red"), MATRIX));
    }
}
