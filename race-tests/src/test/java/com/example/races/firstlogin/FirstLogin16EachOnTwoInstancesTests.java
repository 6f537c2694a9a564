package com.example.races.firstlogin;

import static com.example.races.Logins.newCompany;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.RaceDatabase;
import com.example.races.RaceTest;
import com.example.races.Reruns;
import com.example.races.SecondInstance;
import dev.raceharness.junit.RaceExtension;
import dev.raceharness.report.Grid;
import dev.raceharness.report.RaceReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The first logins of this catalogue once more, their racers on two JVMs: of any two clients that follow each other,
 * one asks this instance of the application and the other one the second.
 *
 * <p>Anomaly: check-then-act, in two programs that share nothing but the database. The gate stands on the INSERT of what
 * each race creates, after the check, and in the database, so that it holds racers of both. The database must show the
 * attempts, violations and rows that it shows on one JVM: what lines the racers up is in it, or a race would go red here.
 * Only twins that live inside this process have no place here.
 *
 * <p>In the wild: reports that come up with the second instance, of caches, locks and "recently seen" sets that were
 * exact as long as there was one.
 */
@RaceTest
@ExtendWith(Reruns.ForTests.class)
class FirstLogin16EachOnTwoInstancesTests {

    private static final List<List<String>> GRID = new ArrayList<>();

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(RaceDatabase.ownerDataSource());

    @Autowired
    Logins logins;

    @Autowired
    SecondInstance second;

    private final List<String> asked = new ArrayList<>();
    private String here;
    private String there;

    @BeforeEach
    void takeTurns() {
        here = logins.instance();
        there = second.address();
        logins.at(there).login(Newcomer.of(newCompany(), "Somebody")); // its first request takes it seconds
        logins.ask(this::next);
    }

    @AfterEach
    void stayHere() {
        logins.ask(() -> here);
    }

    private synchronized String next() {
        asked.add(asked.size() % 2 == 0 ? there : here); // some races have one client only
        return asked.get(asked.size() - 1);
    }

    /** Broken ones, too: what is wrong in one instance is wrong in two. */
    @ParameterizedTest
    @ValueSource(strings = {
        "FirstLogin01TwoColleaguesTests#withoutConstraintsTheyGetTwoOrganizations",
        "FirstLogin01TwoColleaguesTests#twoFirstLoginsOfOneNewCompanyLeaveOneOrganization",
        "FirstLogin02TwoTabsTests#withoutConstraintsOnePersonBecomesTwoUsers",
        "FirstLogin02TwoTabsTests#onePersonInTwoTabsIsOneUser",
        "FirstLogin03RandomIdentifiersTests#identifiersThatFollowFromTheNameCollideAndAreCaught",
        "FirstLogin04SpellingsTests#fiveSpellingsOfOneNameMeetInOneOrganization",
        "FirstLogin05FirstOwnerTests#whoFoundsTheOrganizationOwnsIt",
        "FirstLogin06DefaultWorkspaceTests#theDefaultWorkspaceHasOneIdentifier",
        "FirstLogin07TheWinnerDiesTests#theOtherOneFoundsTheCompany",
        "FirstLogin07TheWinnerDiesTests#whoMustStartOverIsTheSecond",
        "FirstLogin08OppositeOrderTests#theApplicationSurvivesAnImportInTheOppositeOrder",
        "FirstLogin09TwoChannelsTests#bothChannelsAnswerTheSameOrganization",
        "FirstLogin10DeletionTests#whoComesAfterTheDeletionFoundsTheCompanyAnew",
        "FirstLogin10DeletionTests#whoComesBeforeTheDeletionStopsIt",
        "FirstLogin11CrowdsTests#allMeetInOneOrganization[1]"
    })
    void isAsInOne(String race, Reruns reruns) {
        var rerun = reruns.of(List.of("firstlogin." + race));

        assertThat(rerun.started()).isPositive();
        assertThat(rerun.failures()).as("%s, with its racers on two JVMs", race).isEmpty();
        assertThat(Collections.frequency(asked, there))
                .as("clients of the second instance, of %d clients", asked.size())
                .isPositive()
                .isCloseTo(Collections.frequency(asked, here), within(1));
        GRID.add(List.of(race.replaceAll("Tests#.*", ""), race.replaceAll(".*#", ""), rerun.started() + " green"));
    }

    @AfterAll
    static void intoTheReport(RaceReport report) {
        report.add(new Grid("instances", List.of("Race", "Test", "Runs on two JVMs"), GRID));
    }
}
