package dev.palimpsest.datasets;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.palimpsest.port.Recorder;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

/// The rooms know each other only downwards: schema, graph-model, {relational, ingest, query}, api,
/// datasets.
class HouseRulesTest {

    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(location -> !location.contains("-tests.jar"))
                    .importPackages("dev.palimpsest");

    private static final String[] SCHEMA = {"dev.palimpsest.schema.."};
    private static final String[] GRAPH_MODEL = {
        "dev.palimpsest",
        "dev.palimpsest.model..",
        "dev.palimpsest.time..",
        "dev.palimpsest.space..",
        "dev.palimpsest.disk..",
        "dev.palimpsest.meaning..",
        "dev.palimpsest.cause..",
        "dev.palimpsest.belief..",
        "dev.palimpsest.quantum..",
        "dev.palimpsest.memory..",
        "dev.palimpsest.question..",
        "dev.palimpsest.port..",
        "dev.palimpsest.graph.."
    };
    private static final String RELATIONAL = "dev.palimpsest.relational..";
    private static final String INGEST = "dev.palimpsest.ingest..";
    private static final String QUERY = "dev.palimpsest.query..";
    private static final String API = "dev.palimpsest.api..";
    private static final String DATASETS = "dev.palimpsest.datasets..";

    @Test
    void theSchemaKnowsNoOtherRoom() {
        noClasses()
                .that()
                .resideInAnyPackage(SCHEMA)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(GRAPH_MODEL)
                .check(HOUSE);
        mustNotKnow(SCHEMA, RELATIONAL, INGEST, QUERY, API, DATASETS);
    }

    @Test
    void theModelKnowsOnlyTheSchema() {
        mustNotKnow(GRAPH_MODEL, RELATIONAL, INGEST, QUERY, API, DATASETS);
    }

    @Test
    void theThreeRoomsInTheMiddleMeetOnlyInPorts() {
        mustNotKnow(new String[] {RELATIONAL}, INGEST, QUERY, API, DATASETS);
        mustNotKnow(new String[] {INGEST}, RELATIONAL, QUERY, API, DATASETS);
        mustNotKnow(new String[] {QUERY}, RELATIONAL, INGEST, API, DATASETS);
    }

    @Test
    void theApiDoesNotKnowTheDatasets() {
        mustNotKnow(new String[] {API}, DATASETS);
    }

    @Test
    void noPackagesDependOnEachOtherInACircle() {
        slices().matching("dev.palimpsest.(*)..").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void onlyTheWriteDoorAndTheWiringSeeTheRecorder() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.palimpsest.ingest.record..",
                        "dev.palimpsest.relational..",
                        "dev.palimpsest.port..",
                        "dev.palimpsest.api",
                        DATASETS)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Recorder.class)
                .check(HOUSE);
    }

    @Test
    void gremlinStaysInItsRoom() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.palimpsest.graph..", "dev.palimpsest.api.gremlin..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.tinkerpop..", "org.janusgraph..")
                .check(HOUSE);
    }

    @Test
    void luceneAndSqlStayInTheirRooms() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.palimpsest.query..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.lucene..", "ai.onnxruntime..")
                .check(HOUSE);
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.palimpsest.relational..",
                        "dev.palimpsest.graph..") // Gremlin's moments are java.sql.Timestamp
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.postgresql..", "com.zaxxer..")
                .check(HOUSE);
    }

    @Test
    void theClockIsReadOnlyInTheApiAndTheDatasets() {
        for (var clock :
                new Class<?>[] {
                    Instant.class,
                    LocalDate.class,
                    LocalDateTime.class,
                    OffsetDateTime.class,
                    ZonedDateTime.class
                }) {
            noClasses()
                    .that()
                    .resideOutsideOfPackages(API, DATASETS)
                    .should()
                    .callMethod(clock, "now")
                    .check(HOUSE);
        }
        noClasses()
                .that()
                .resideOutsideOfPackages(API, DATASETS)
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .check(HOUSE);
    }

    @Test
    void onlySettingsReadsTheEnvironment() {
        noClasses()
                .that(
                        new DescribedPredicate<JavaClass>("are not Settings") {
                            @Override
                            public boolean test(JavaClass type) {
                                return !type.getFullName()
                                        .startsWith("dev.palimpsest.api.Settings");
                            }
                        })
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(HOUSE);
    }

    @Test
    void nobodyPrintsButTheDoors() {
        noClasses()
                .that()
                .resideOutsideOfPackages(API, DATASETS)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(HOUSE);
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        classes()
                .that()
                .areTopLevelClasses()
                .should(
                        com.tngtech.archunit.lang.conditions.ArchConditions.<JavaClass>have(
                                new DescribedPredicate<JavaClass>(
                                        "a package-info in their package") {
                                    @Override
                                    public boolean test(JavaClass type) {
                                        return type.getPackage().tryGetPackageInfo().isPresent();
                                    }
                                }))
                .check(HOUSE);
    }

    private static void mustNotKnow(String[] room, String... others) {
        noClasses()
                .that()
                .resideInAnyPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(HOUSE);
    }
}
