package io.crashplug.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.crashplug.command.Command;
import jakarta.persistence.Entity;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.data.repository.Repository;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.RestController;

/** The drawing of the packages, as rules: dependencies run from web to feature to core. */
@AnalyzeClasses(packages = "io.crashplug", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    private static final String[] FEATURES = {
        "io.crashplug.machine..",
        "io.crashplug.crashimage..",
        "io.crashplug.hotplug..",
        "io.crashplug.header..",
        "io.crashplug.diff..",
        "io.crashplug.intake..",
        "io.crashplug.verification..",
        "io.crashplug.notify..",
        "io.crashplug.capacity..",
        "io.crashplug.fleet..",
        "io.crashplug.idempotency..",
        "io.crashplug.storecheck..",
        "io.crashplug.access.."
    };

    @ArchTest
    static final ArchRule elfcoreNeedsOnlyTheJdk = classes()
            .that()
            .resideInAPackage("..elfcore..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("..elfcore..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule elfcoreReadsNoClockAndNoFile = noClasses()
            .that()
            .resideInAPackage("..elfcore..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio.file..", "java.time..", "java.net..", "java.sql..");

    @ArchTest
    static final ArchRule problemsNeedOnlyTheJdk = classes()
            .that()
            .resideInAnyPackage("io.crashplug.problem..", "io.crashplug.security..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.crashplug.problem..", "io.crashplug.security..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule whatAllApisShareKnowsNoFeature = noClasses()
            .that()
            .resideInAnyPackage("io.crashplug.web..", "io.crashplug.persistence..", "io.crashplug.problem..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FEATURES);

    @ArchTest
    static final ArchRule featuresDoNotKnowTheWeb = noClasses()
            .that()
            .resideInAnyPackage(FEATURES)
            .and()
            .resideOutsideOfPackage("..web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..web..", "org.springframework.http..", "jakarta.servlet..");

    /** But for events, which are stored as they are told. */
    @ArchTest
    static final ArchRule featuresDoNotKnowTheirJson = noClasses()
            .that()
            .resideInAnyPackage(FEATURES)
            .and()
            .resideOutsideOfPackages("..web..", "io.crashplug.notify")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tools.jackson..");

    /** An archive is lines of JSON, but takes tables as it finds them. */
    @ArchTest
    static final ArchRule archivesKnowNeitherFeatureNorWeb = noClasses()
            .that()
            .resideInAPackage("io.crashplug.archive")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FEATURES)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("..web..", "org.springframework.http..", "jakarta.servlet..");

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("io.crashplug.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule machinesKnowNothingThatIsBuiltOnThem = noClasses()
            .that()
            .resideInAPackage("io.crashplug.machine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..crashimage..",
                    "..hotplug..",
                    "..header..",
                    "..intake..",
                    "..capacity..",
                    "..fleet..",
                    "..notify..");

    @ArchTest
    static final ArchRule controllersStayInTheirPackage = classes()
            .that()
            .areAnnotatedWith(RestController.class)
            .should()
            .bePackagePrivate()
            .andShould()
            .resideInAPackage("..web..");

    @ArchTest
    static final ArchRule controllersDoNotReachRepositories = noClasses()
            .that()
            .resideInAPackage("..web..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Repository.class);

    @ArchTest
    static final ArchRule repositoriesStayInTheirPackage =
            classes().that().areAssignableTo(Repository.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule transactionsBelongToServices = noMethods()
            .that()
            .areAnnotatedWith(Transactional.class)
            .should()
            .beDeclaredInClassesThat()
            .resideInAPackage("..web..");

    @ArchTest
    static final ArchRule servicesAreClassesNotInterfaces =
            classes().that().areAnnotatedWith(Service.class).should().notBeInterfaces();

    @ArchTest
    static final ArchRule jobsAreMadeOnlyWhenAskedFor =
            classes().that().implement(Command.class).should().beAnnotatedWith(ConditionalOnProperty.class);

    @ArchTest
    static final ArchRule entitiesHaveNoSetters = methods()
            .that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Entity.class)
            .should()
            .haveNameNotMatching("set[A-Z].*");
}
