package com.example.races;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** race-tests -> provisioning-app -> db, race-tests -> race-harness, and no other way round. */
class ArchitectureTests {

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("com.example", "dev.raceharness");

    @Test
    void theApplicationDoesNotKnowTheHarness() {
        noClasses()
                .that().resideInAPackage("com.example.provisioning..")
                .should().dependOnClassesThat().resideInAPackage("dev.raceharness..")
                .because("nothing in the application's source changes for a race")
                .check(ALL);
    }

    @Test
    void theHarnessKnowsNeitherTheApplicationNorSpring() {
        noClasses()
                .that().resideInAPackage("dev.raceharness..")
                .should().dependOnClassesThat().resideInAnyPackage("com.example..", "org.springframework..")
                .because("it is copied out into services of any kind")
                .check(ALL);
    }

    @Test
    void thePackagesOfTheApplicationDependOneWay() {
        slices().matching("com.example.provisioning.(*)..").should().beFreeOfCycles().check(ALL);
    }
}
