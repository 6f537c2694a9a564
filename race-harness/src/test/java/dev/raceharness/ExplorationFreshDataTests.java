package dev.raceharness;

import static dev.raceharness.Explorations.bothWays;
import static dev.raceharness.Gate.beforeWriteOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.raceharness.junit.RaceExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Racers that always use the same data: after each run everything is as it was. */
class ExplorationFreshDataTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(Playground.owner());

    private static final String EVERYTHING =
            """
            SELECT (SELECT string_agg(f::text, ' ' ORDER BY id) FROM fleet f)
                || (SELECT string_agg(s::text, ' ' ORDER BY id) FROM ship s)
                || ' next ' || pg_sequence_last_value('ship_id_seq') || ' '
                || coalesce(pg_sequence_last_value(pg_get_serial_sequence('fleet', 'id')::regclass)::text, 'first')
            """;

    @BeforeAll
    static void tables() {
        Playground.sql(
                """
                CREATE TABLE fleet (
                    id int GENERATED ALWAYS AS IDENTITY (START 7) PRIMARY KEY,
                    name text,
                    shouted text GENERATED ALWAYS AS (upper(name)) STORED)
                """,
                "INSERT INTO fleet (id, name) OVERRIDING SYSTEM VALUE VALUES (1, 'north')",
                "CREATE TABLE ship (id serial PRIMARY KEY, fleet int NOT NULL REFERENCES fleet ON DELETE CASCADE)",
                "INSERT INTO ship (fleet) VALUES (1), (1)",
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
                        + "'BEGIN IF NEW.id < 7 THEN RAISE ''refused''; END IF; RETURN NEW; END'",
                "CREATE TRIGGER refuse_old BEFORE INSERT ON fleet FOR EACH ROW EXECUTE FUNCTION refuse()");
    }

    @Test
    void rowsIdentifiersAndSequencesAreAsBefore(Race race) {
        var before = Playground.value(EVERYTHING);
        assertThat(before).contains("NORTH").endsWith(" next 2 first");

        var exploration = bothWays(race.holdAt(beforeWriteOn("fleet"), beforeWriteOn("ship"))
                .racer("ada", Playground.armed(
                        "INSERT INTO fleet (name) VALUES ('south')",
                        "INSERT INTO ship (fleet) SELECT max(id) FROM fleet",
                        "SELECT count(*) FROM fleet"))
                .racer("ben", Playground.armed("DELETE FROM fleet WHERE name = 'north'", "SELECT count(*) FROM ship")));

        assertThat(exploration.interleavings()).hasSizeGreaterThan(5);
        assertThat(Playground.value(EVERYTHING)).isEqualTo(before);
    }

    @Test
    void whatIsWrittenPastTheGatesThatWereAskedForIsPutBackToo(Race race) {
        Playground.sql("CREATE TABLE tally (n int)", "INSERT INTO tally VALUES (0)");
        var racer = Playground.armed(
                "UPDATE tally SET n = n + 1", "INSERT INTO ship (fleet) VALUES (1)", "SELECT n FROM tally");

        race.holdAt(beforeWriteOn("ship")).racer("ada", racer).racer("ben", racer).explore().assertSerializable();

        assertThat(Playground.value("SELECT n FROM tally")).isEqualTo("0");
    }

    @Test
    void aTableThatWasEmptyIsEmptyAgain(Race race) {
        Playground.sql("CREATE TABLE voyage (ship int)");
        var racer = Playground.armed("INSERT INTO voyage VALUES (1)");

        race.racer("ada", racer).racer("ben", racer).explore().assertSerializable();

        assertThat(Playground.value("SELECT count(*) FROM voyage")).isEqualTo("0");
    }

    /** Triggers are off in a session of the pool only as long as the exploration has it. */
    @Test
    void inThePoolThatItsSessionsCameFromTriggersFire() throws Exception {
        try (var pool = Playground.pool(Playground.owner(), 2)) {
            var racer = Playground.armed("UPDATE fleet SET name = name || '!'", "SELECT string_agg(name, '') FROM fleet");
            Race.on(pool).racer("ada", racer).racer("ben", racer).explore().assertSerializable();

            for (int i = 0; i < 2; i++) {
                var session = pool.getConnection(); // both at once
                assertThat(Playground.execute(session, "SHOW session_replication_role")).isEqualTo("origin");
            }
        }
    }

    @Test
    void aSequenceThatWasRestartedGoesOnWhereItWould(Race race) {
        Playground.sql(
                "CREATE TABLE \"o'hara\" (id serial PRIMARY KEY, name text)",
                "INSERT INTO \"o'hara\" SELECT n, 'seed' FROM generate_series(1, 9) AS n",
                "ALTER SEQUENCE \"o'hara_id_seq\" RESTART WITH 1000");
        var racer = Playground.armed("INSERT INTO \"o'hara\" (name) VALUES ('new')");

        race.holdAt(beforeWriteOn("\"o'hara\"")).racer("ada", racer).racer("ben", racer).explore().assertSerializable();

        assertThat(Playground.value("INSERT INTO \"o'hara\" (name) VALUES ('last') RETURNING id")).isEqualTo("1000");
    }

    @Test
    void aTableThatIsTooLargeForThatSaysWhatToDo(Race race) {
        Playground.sql("CREATE TABLE large AS SELECT generate_series(1, 100001) AS n");
        var racer = Playground.armed("INSERT INTO large VALUES (0)");
        try {
            assertThatThrownBy(
                            () -> race.racer("ada", racer).racer("ben", racer).explore())
                    .isInstanceOf(RaceSetupException.class)
                    .hasMessageContaining("The table large has 100001 rows")
                    .hasMessageContaining("run.token()");
        } finally {
            Playground.sql("DROP TABLE large");
        }
    }
}
