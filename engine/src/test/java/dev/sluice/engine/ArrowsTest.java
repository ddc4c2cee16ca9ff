package dev.sluice.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.sluice.engine.store.FirstConnection;
import dev.sluice.engine.store.Migrations;

/** The arrows between the parts point one way. */
@AnalyzeClasses(packages = "dev.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {
    private static final String[] DRIVERS = {
        "io.vertx..", "io.netty..", "org.postgresql..", "java.sql..", "org.flywaydb..", "redis.embedded.."
    };

    @ArchTest
    static final ArchRule theModelKnowsNeitherVertxNorADriver = noClasses()
            .that()
            .resideInAPackage("dev.sluice.engine.model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DRIVERS);

    @ArchTest
    static final ArchRule theModelAndTheClockKnowNoOtherPartOfTheEngine = noClasses()
            .that()
            .resideInAnyPackage("dev.sluice.engine.model..", "dev.sluice.engine.time..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "dev.sluice.engine.model..", "dev.sluice.engine.time..", "java..", "com.google.common..");

    @ArchTest
    static final ArchRule theSimulatorKnowsNothingOfOurs = noClasses()
            .that()
            .resideInAPackage("dev.sluice.simulator..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.sluice.engine..", "dev.sluice.admin..", "dev.sluice.loadtest..");

    @ArchTest
    static final ArchRule theEngineKnowsNeitherTheControlPlaneNorTheLoadTestNorTheSimulator = noClasses()
            .that()
            .resideInAPackage("dev.sluice.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.sluice.admin..", "dev.sluice.loadtest..", "dev.sluice.simulator..");

    @ArchTest
    static final ArchRule onlyTheNodeKnowsHowTheStoresAreEmbedded = noClasses()
            .that()
            .resideOutsideOfPackages("dev.sluice.engine.embedded..", "dev.sluice.engine.node..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.sluice.engine.embedded..");

    @ArchTest
    static final ArchRule jdbcIsForWhatComesBeforeANodeRunsOnly = noClasses()
            .that()
            .resideInAPackage("dev.sluice.engine..")
            .and()
            .resideOutsideOfPackage("dev.sluice.engine.embedded..")
            .and()
            .doNotBelongToAnyOf(FirstConnection.class, Migrations.class)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.sql..");

    @ArchTest
    static final ArchRule nobodyPrintsInTheEngine =
            noClasses().that().resideInAPackage("dev.sluice.engine..").should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule whatIsMeasuredDependsOnNoPartThatMeasures = noClasses()
            .that()
            .resideInAPackage("dev.sluice.engine.metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.sluice.engine.node..", "dev.sluice.engine.ingestion..", "dev.sluice.engine.scheduling..");

    @ArchTest
    static final ArchRule noFolderIsKnownByOneThatItKnows =
            slices().matching("dev.sluice.engine.(**)").should().beFreeOfCycles();
}
