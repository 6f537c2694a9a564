package dev.raceharness.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.zaxxer.hikari.HikariDataSource;
import dev.raceharness.Catalog;
import dev.raceharness.Playground;
import dev.raceharness.Race;
import dev.raceharness.RaceAssertions;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** How long the harness of a test stays in the database. */
class LauncherSessionTests {

    @BeforeEach
    void table() {
        Names.create();
    }

    static class Fixture {

        @RegisterExtension
        static final RaceExtension races = RaceExtension.on(Playground.owner());

        @Test
        void takesAName(Race race) {
            RaceAssertions.assertThat(Names.raceFor(UUID.randomUUID().toString(), race)).on("taken_name").uniqueViolations(1);
        }
    }

    static class PoolFixture {

        static final HikariDataSource POOL = new HikariDataSource();

        @RegisterExtension
        static final RaceExtension races = RaceExtension.on(POOL);

        @Test
        void takesAName(Race race) {
            Names.raceFor("name", race);
        }
    }

    /** Each harness has a schema of its own. */
    private static List<String> schemasAfterARunOn(Launcher launcher, Class<?> fixture) {
        var run = new SummaryGeneratingListener();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(fixture))
                        .build(),
                run);

        assertThat(run.getSummary().getTestsSucceededCount()).isEqualTo(1);
        return schemas(Catalog.of(Playground.owner()));
    }

    private static List<String> schemas(List<String> catalog) {
        return catalog.stream().filter(line -> line.startsWith("schema ")).toList();
    }

    @Test
    void theRunsOfOneSessionShareAHarnessThatIsGoneWhenTheSessionIs() {
        var before = Catalog.of(Playground.owner());

        try (var session = LauncherFactory.openSession()) {
            var installed = schemasAfterARunOn(session.getLauncher(), Fixture.class);

            assertThat(installed).isNotEqualTo(schemas(before));
            assertThat(schemasAfterARunOn(session.getLauncher(), Fixture.class)).isEqualTo(installed);
        }

        assertThat(Catalog.of(Playground.owner())).isEqualTo(before);
    }

    @Test
    void aRunWithoutASessionOfItsOwnLeavesNothingBehind() {
        var before = Catalog.of(Playground.owner());

        schemasAfterARunOn(LauncherFactory.create(), Fixture.class);

        assertThat(Catalog.of(Playground.owner())).isEqualTo(before);
    }

    /** JUnit closes what it keeps for a test and can be closed. */
    @Test
    void whoseDataSourceIsAPoolKeepsItOpen() {
        var before = Catalog.of(Playground.owner());
        try (var pool = PoolFixture.POOL) {
            pool.setDataSource(Playground.owner());

            schemasAfterARunOn(LauncherFactory.create(), PoolFixture.class);

            assertThat(pool.isClosed()).isFalse();
        }
        assertThat(Catalog.of(Playground.owner())).isEqualTo(before);
    }
}
