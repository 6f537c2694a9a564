package com.example.races.elsewhere;

import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeUpdateOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.transaction.TransactionDefinition.ISOLATION_REPEATABLE_READ;

import com.example.races.RaceTest;
import com.example.races.Transactions;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.junit.RaceExtension;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The settings of a person are one JSON value in one column. Two of them are changed at the same moment: the language
 * in one tab, the theme in the other.
 *
 * <p>Anomaly: lost update (P4). Both read the value, both change a key of their own in memory, both write all of it:
 * the second takes the first one's key back. The gate stands on the UPDATE, after the read. The database must show
 * both.
 *
 * <p>In the wild: settings that come back, feature flags that switch one another off, carts that forget an article.
 */
@RaceTest
class Elsewhere06JsonColumnTests {

    private static final JsonMapper JSON = new JsonMapper();

    private record Versioned(String settings, int version) {}

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    @Autowired
    Transactions transactions;

    @BeforeEach
    void onePerson() {
        Elsewhere.create("""
                create table elsewhere.person (
                    id int primary key,
                    settings jsonb not null default '{}',
                    version int not null default 0);
                insert into elsewhere.person values (1)
                """);
    }

    @AfterEach
    void gone() {
        Elsewhere.drop();
    }

    /** Broken: both are told that it is saved, and one setting is gone. */
    @Test
    void whoWritesTheWholeValueTakesTheOtherChangeBack(Race race) {
        var outcome = twoChanges(race, key -> transactions.in(() -> readAndWriteAll(key)));

        assertThat(outcome).on("elsewhere.person").attempted(2);
        assertThat(outcome).everyRacerSucceeded();
        assertThat(settings()).hasSize(1);
    }

    /** Fixed: the second one's snapshot is old, the server says so, and it reads again. */
    @Test
    void repeatableReadNoticesAndItIsDoneAgain(Race race) {
        var outcome = twoChanges(
                race, key -> transactions.untilItSucceeds(ISOLATION_REPEATABLE_READ, () -> readAndWriteAll(key)));

        assertThat(outcome).on("elsewhere.person").attempted(3);
        assertThat(settings()).containsOnlyKeys("language", "theme");
    }

    /** Fixed: a version in the row says the same, under any isolation level, and over more than one request. */
    @Test
    void aVersionNoticesAndItIsDoneAgain(Race race) {
        var outcome = twoChanges(race, this::writeIfUnchanged);

        assertThat(outcome).on("elsewhere.person").attempted(3);
        assertThat(settings()).containsOnlyKeys("language", "theme");
    }

    /** Fixed: only what changes is written, by the server, into whatever is there when its turn comes. */
    @Test
    void whoWritesOneKeyMeetsNobody(Race race) {
        var outcome = twoChanges(race, key -> transactions
                .sql("update elsewhere.person set settings = settings || jsonb_build_object(?, 'new') where id = 1")
                .param(key)
                .update());

        assertThat(outcome).on("elsewhere.person").attempted(2);
        assertThat(settings()).containsOnlyKeys("language", "theme");
    }

    private static Outcome twoChanges(Race race, Function<String, ?> change) {
        return race.holdAt(beforeUpdateOn("elsewhere.person"))
                .racer("tab1", () -> change.apply("language"))
                .racer("tab2", () -> change.apply("theme"))
                .run();
    }

    private int readAndWriteAll(String key) {
        return transactions.sql("update elsewhere.person set settings = ?::jsonb where id = 1")
                .param(with(key, read().settings()))
                .update();
    }

    private int writeIfUnchanged(String key) {
        var written = 0;
        while (written == 0) {
            var read = read();
            written = transactions.sql("""
                            update elsewhere.person set settings = ?::jsonb, version = version + 1
                             where id = 1 and version = ?
                            """)
                    .params(with(key, read.settings()), read.version())
                    .update();
        }
        return written;
    }

    private Versioned read() {
        return transactions.sql("select settings::text, version from elsewhere.person where id = 1")
                .query(Versioned.class)
                .single();
    }

    private Map<String, String> settings() {
        return parsed(read().settings());
    }

    private static String with(String key, String settings) {
        var all = parsed(settings);
        all.put(key, "new");
        return JSON.writeValueAsString(all);
    }

    private static Map<String, String> parsed(String settings) {
        return JSON.readValue(settings, new TypeReference<>() {});
    }
}
