package dev.palimpsest.datasets.earthquakes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.time.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EarthquakeItemsTest {

    private static final List<WriteItem> ITEMS = EarthquakeItems.all();

    @Test
    void theWeekIsSoManyWrites() {
        assertThat(
                        ITEMS.stream()
                                .collect(
                                        Collectors.groupingBy(
                                                item -> item.action().getClass().getSimpleName(),
                                                Collectors.counting())))
                .isEqualTo(
                        Map.of(
                                "RegisterPredicate", 12L,
                                "DescribeSource", 13L,
                                "DescribeEntity", 1707L,
                                "AssertFact", 428L));
        assertThat(ITEMS.stream().mapToInt(item -> statements(item).size()).sum())
                .isEqualTo(21_194);
    }

    @Test
    void recordedTimesRiseStrictly() {
        List<Instant> recorded = ITEMS.stream().map(item -> item.recorded().orElseThrow()).toList();

        assertThat(recorded).isSorted().doesNotHaveDuplicates();
        assertThat(recorded.getFirst()).isEqualTo(Instant.parse("2018-01-31T02:23:10.235001Z"));
        assertThat(recorded.getLast()).isEqualTo(Instant.parse("2018-02-07T01:45:04.877Z"));
    }

    @Test
    void aLinkIsRecordedRightAfterTheYoungerOfItsEnds() {
        Map<EntityId, Instant> known = new HashMap<>();
        for (WriteItem item : ITEMS) {
            switch (item.action()) {
                case Action.DescribeEntity(var entity, _) ->
                        known.put(entity, item.recorded().orElseThrow());
                case Action.AssertFact(Statement link) -> {
                    var child = ((Value.Entity) link.object()).id();
                    assertThat(known).containsKeys(link.subject(), child);
                    Instant younger =
                            Stream.of(link.subject(), child)
                                    .flatMap(end -> Stream.ofNullable(known.get(end)))
                                    .max(Comparator.naturalOrder())
                                    .orElseThrow();
                    assertThat(Duration.between(younger, item.recorded().orElseThrow()))
                            .isBetween(Duration.ofNanos(1_000), Duration.ofNanos(999_000));
                }
                default -> assertThat(known).isEmpty();
            }
        }
        assertThat(known).hasSize(1707);
    }

    @Test
    void hualianIsDescribedByTheNetworkThatSawIt() {
        WriteItem hualian =
                ITEMS.stream()
                        .filter(item ->
                                item.action() instanceof Action.DescribeEntity described
                                        && described.entity().equals(new EntityId("us1000chhc")))
                        .findAny()
                        .orElseThrow();
        var instant = Instant.parse("2018-02-06T15:50:42.400Z");

        assertThat(hualian.recorded()).contains(Instant.parse("2018-02-07T01:31:51.797Z"));
        assertThat(statements(hualian))
                .allSatisfy(said -> {
                    assertThat(said.source().value()).isEqualTo("us");
                    assertThat(said.evidence().orElseThrow().quote())
                            .contains("M 6.4 - 22km NNE of Hualian, Taiwan (reviewed)");
                });
        assertThat(
                        statements(hualian).stream()
                                .collect(
                                        Collectors.toMap(
                                                said -> said.predicate().value(),
                                                said -> said.object().canonical())))
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry("type", "Earthquake"),
                                Map.entry("name", "M 6.4 - 22km NNE of Hualian, Taiwan"),
                                Map.entry(
                                        "description",
                                        "A magnitude 6.4 (mww) earthquake, 22km NNE of"
                                                + " Hualian, Taiwan, 10.64 km deep. Felt by 261"
                                                + " people."),
                                Map.entry("place", "24.1737,121.653"),
                                Map.entry("exists", "true"),
                                Map.entry("magnitude", "6.4"),
                                Map.entry("magnitudeType", "mww"),
                                Map.entry("depthKm", "10.64"),
                                Map.entry("network", "us"),
                                Map.entry("reviewStatus", "reviewed"),
                                Map.entry("significance", "800"),
                                Map.entry("feltReports", "261"),
                                Map.entry("reportedIntensity", "6.5"),
                                Map.entry("estimatedIntensity", "6.7"),
                                Map.entry("impactAlert", "green"),
                                Map.entry("tsunamiFlag", "false")));
        assertThat(statements(hualian))
                .filteredOn(said -> said.predicate().equals(Profile.EXISTS))
                .extracting(Statement::valid)
                .containsExactly(Interval.at(instant));
        assertThat(statements(hualian))
                .filteredOn(said -> said.predicate().value().equals("magnitude"))
                .extracting(Statement::valid)
                .containsExactly(Interval.since(instant));
    }

    @Test
    void theLinkToHualianSaysWhatItIsWorth() {
        WriteItem item =
                ITEMS.stream()
                        .filter(i -> i.action() instanceof Action.AssertFact)
                        .filter(i -> says(i, "us1000chhc"))
                        .findAny()
                        .orElseThrow();
        Statement link = statements(item).getFirst();

        assertThat(item.recorded()).contains(Instant.parse("2018-02-07T01:31:51.797001Z"));
        assertThat(link.subject()).isEqualTo(new EntityId("us1000cfn6"));
        assertThat(link.source()).isEqualTo(EarthquakeSources.RULE);
        assertThat(link.valid())
                .isEqualTo(Interval.since(Instant.parse("2018-02-06T15:50:42.400Z")));
        assertThat(link.qualifiers().statement())
                .contains(
                        "The M 6.1 of 4 February, 21km NNE of Hualian, Taiwan, led to the M 6.4 of"
                                + " 6 February, 22km NNE of Hualian, Taiwan, 49 h 54 min later"
                                + " (uncalibrated proximity 0.997).");
        assertThat(link.evidence().orElseThrow().quote())
                .contains("log10 eta = -7.59 at 3.0 km and 49 h 54 min");
    }

    @Test
    void everyPredicateAndSourceIsKnownBeforeItIsUsed() {
        Set<PredicateName> registered =
                EarthquakeItems.predicates().stream()
                        .map(Predicate::name)
                        .collect(Collectors.toCollection(HashSet::new));
        Profile.PREDICATES.forEach(predicate -> registered.add(predicate.name()));
        var sources = EarthquakeSources.ALL.stream().map(source -> source.id()).toList();

        assertThat(ITEMS.stream().flatMap(item -> statements(item).stream()))
                .allSatisfy(said -> {
                    assertThat(registered).contains(said.predicate());
                    assertThat(sources).contains(said.source());
                });
    }

    private static boolean says(WriteItem item, String object) {
        return statements(item).stream()
                .anyMatch(said -> said.object().equals(new Value.Entity(new EntityId(object))));
    }

    private static List<Statement> statements(WriteItem item) {
        return switch (item.action()) {
            case Action.DescribeEntity(_, List<Statement> statements) -> statements;
            case Action.AssertFact(Statement statement) -> List.of(statement);
            case Action.RegisterPredicate _, Action.DescribeSource _ -> List.of();
            case Action.RetractFact _, Action.CorrectFact _, Action.KeepMemory _ ->
                    throw new AssertionError("the week holds no " + item.action());
        };
    }
}
