package dev.palimpsest.datasets.earthquakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.space.GeoPoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EarthquakeCatalogueTest {

    private static final List<TriggerLink> LINKS =
            NearestNeighbourRule.links(EarthquakeCatalogue.events());

    @Test
    void theFileIsTheOneThatWasChecked() throws Exception {
        Path folder = Path.of("earthquakes-2018w05");
        byte[] file;
        try (var in = EarthquakeCatalogue.open()) {
            file = in.readAllBytes();
        }
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(file);

        assertThat(Files.readString(folder.resolve("SHA256SUMS")))
                .isEqualTo(HexFormat.of().formatHex(digest) + "  earthquakes.json\n");
        assertThat(Files.readAllBytes(folder.resolve("earthquakes.json"))).isEqualTo(file);
    }

    @Test
    void holdsAWeekOfEarthquakesAndSomeBlasts() {
        List<SeismicEvent> events = EarthquakeCatalogue.events();

        assertThat(events).hasSize(1707).doesNotHaveDuplicates();
        assertThat(
                        events.stream()
                                .collect(
                                        Collectors.groupingBy(
                                                SeismicEvent::kind, Collectors.counting())))
                .isEqualTo(Map.of("earthquake", 1679L, "explosion", 15L, "quarry blast", 13L));
        assertThat(events).allSatisfy(e -> assertThat(e.known()).isAfter(e.time()));
    }

    @Test
    void hualianIsReadAsItWasPublished() {
        assertThat(EarthquakeCatalogue.events())
                .contains(
                        new SeismicEvent(
                                "us1000chhc",
                                "earthquake",
                                Instant.parse("2018-02-06T15:50:42.400Z"),
                                Instant.parse("2018-02-07T01:31:51.797Z"),
                                new GeoPoint(24.1737, 121.653),
                                "22km NNE of Hualian, Taiwan",
                                6.4,
                                10.64));
    }

    @Test
    void theForeshockOfHualianIsItsParent() {
        TriggerLink link =
                LINKS.stream()
                        .filter(l -> l.child().id().equals("us1000chhc"))
                        .findAny()
                        .orElseThrow();

        assertThat(link.parent().id()).isEqualTo("us1000cfn6");
        assertThat(link.log10Eta()).isCloseTo(-7.590212, within(1e-6));
        assertThat(link.strength()).isCloseTo(0.997437, within(1e-6));
        assertThat(link.delay()).isEqualTo(Duration.parse("PT49H54M0.25S"));
        assertThat(link.known()).isEqualTo(Instant.parse("2018-02-07T01:31:51.797Z"));
    }

    @Test
    void theWeekFallsIntoFamilies() {
        Map<String, List<TriggerLink>> children =
                LINKS.stream().collect(Collectors.groupingBy(l -> l.parent().id()));
        var linked = LINKS.stream().map(l -> l.child().id()).collect(Collectors.toSet());

        assertThat(LINKS).hasSize(428);
        assertThat(children.keySet().stream().filter(id -> !linked.contains(id))).hasSize(163);
        assertThat(descendants("us1000cfn6", children)).isEqualTo(17);
        assertThat(descendants("us1000cffx", children)).isEqualTo(20);
    }

    @Test
    void theFamilyGrowsWithWhatIsKnown() {
        assertThat(descendantsKnownAt("2018-02-07T01:00:00Z")).isEqualTo(7);
        assertThat(descendantsKnownAt("2018-02-07T02:00:00Z")).isEqualTo(17);
    }

    private static int descendantsKnownAt(String moment) {
        Map<String, List<TriggerLink>> children =
                LINKS.stream()
                        .filter(link -> link.known().isBefore(Instant.parse(moment)))
                        .collect(Collectors.groupingBy(link -> link.parent().id()));
        return descendants("us1000cfn6", children);
    }

    private static int descendants(String id, Map<String, List<TriggerLink>> children) {
        return children.getOrDefault(id, List.of()).stream()
                .mapToInt(l -> 1 + descendants(l.child().id(), children))
                .sum();
    }
}
