package com.example.races.protection;

import static com.example.races.RaceDatabase.ownerDataSource;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.RaceDatabase;
import com.example.races.RaceTest;
import com.example.races.Rerun;
import dev.raceharness.RaceNotForcedException;
import dev.raceharness.RaceSetupException;
import dev.raceharness.junit.RaceExtension;
import dev.raceharness.report.Grid;
import dev.raceharness.report.RaceReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Every protection of the application is taken away in turn, and at least one race goes red for it.
 *
 * <p>A protection whose removal no race notices is a defect of this suite. What the database keeps is read from its
 * catalog, so that nothing can be added without a race for it, or a reason why it needs none.
 */
@RaceTest
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
    void aRaceGoesRedWithout(Protection protection) {
        Rerun rerun;
        try (var gone = protection.away().apply(application)) {
            rerun = Rerun.of(protection.races());
        }

        assertThat(rerun.started())
                .as("tests of %s", protection.races())
                .isGreaterThanOrEqualTo(protection.races().size());
        assertThat(rerun.failures())
                .as("Nobody noticed that %s is gone. Green were %s", protection, protection.races())
                .isNotEmpty()
                .noneMatch(failure -> failure.contains(RaceSetupException.class.getSimpleName()))
                .noneMatch(failure -> failure.contains(RaceNotForcedException.class.getSimpleName()));
        MATRIX.add(List.of(
                protection.name(), namesOf(protection.races()), inOneLine(rerun.failures().get(0))));
    }

    private static String namesOf(List<String> races) {
        return races.stream().map(race -> race.replaceAll("^\\w+\\.|Tests#.*", "")).collect(Collectors.joining(", "));
    }

    private static String inOneLine(String failure) {
        var line = failure.replaceAll("\\s+", " ");
        return line.length() <= 200 ? line : line.substring(0, 197) + "...";
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

    @AfterAll
    static void intoTheReport(RaceReport report) {
        report.add(new Grid("protections", List.of("Taken away", "Races", "What went red"), MATRIX));
    }
}
