package dev.raceharness;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may use what: each optional dependency belongs to one package. */
@AnalyzeClasses(packages = "dev.raceharness", importOptions = DoNotIncludeTests.class)
class DependencyTests {

    private static final String CORE = "dev.raceharness";

    private static final String REPORT = "dev.raceharness.report";

    private static ArchRule mayUse(String user, String... further) {
        var allowed = new String[further.length + 4];
        System.arraycopy(new String[] {"java..", "javax.sql..", "org.jspecify..", user}, 0, allowed, 0, 4);
        System.arraycopy(further, 0, allowed, 4, further.length);
        return classes().that().resideInAPackage(user).should().onlyDependOnClassesThat().resideInAnyPackage(allowed);
    }

    @ArchTest
    static final ArchRule theCoreUsesTheDriverAndNoneOfItsOwnSubpackages = mayUse(CORE, "org.postgresql..");

    @ArchTest
    static final ArchRule theExtensionUsesJUnit =
            mayUse("dev.raceharness.junit", CORE, REPORT, "org.junit.jupiter.api..", "org.junit.platform.commons..");

    @ArchTest
    static final ArchRule theReportUsesNothing = mayUse(REPORT, CORE);

    @ArchTest
    static final ArchRule theAssertionsUseAssertJ = mayUse("dev.raceharness.assertj", CORE, "org.assertj.core..");

    @ArchTest
    static final ArchRule theDatabaseUsesWhateverStartsOne = mayUse(
            "dev.raceharness.database",
            "org.postgresql..",
            "io.zonky.test.db.postgres..",
            "org.testcontainers..",
            "com.github.dockerjava..",
            "org.slf4j..");

    @ArchTest
    static final ArchRule theCommandUsesItsTwoLibraries =
            mayUse("dev.raceharness.command", CORE, REPORT, "org.postgresql..", "picocli..", "com.google.gson..");

    @ArchTest
    static final ArchRule everyPackageHasARuleHere = classes()
            .should()
            .resideInAnyPackage(
                    CORE,
                    REPORT,
                    "dev.raceharness.junit",
                    "dev.raceharness.assertj",
                    "dev.raceharness.database",
                    "dev.raceharness.command");

    @ArchTest
    static final ArchRule nobodySleeps =
            noClasses().should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule nothingMutableIsStatic = fields()
            .that()
            .areStatic()
            .should()
            .beFinal();
}
