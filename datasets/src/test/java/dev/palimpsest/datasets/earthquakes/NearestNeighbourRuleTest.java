package dev.palimpsest.datasets.earthquakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.space.GeoPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearestNeighbourRuleTest {

    private static final Instant START = Instant.parse("2018-02-01T00:00:00Z");
    private static final GeoPoint ORIGIN = new GeoPoint(0, 0);

    @Test
    void proximityIsTimeByDistanceByMagnitude() {
        var parent = quake("a", START, 0, 0, 5);
        var child = quake("b", START.plusSeconds(31_557_600), 0, 1, 1);

        // One year and one degree of a great circle: 111.195 km.
        assertThat(NearestNeighbourRule.log10Eta(parent, child))
                .isCloseTo(1.6 * Math.log10(111.19508) - 5, within(1e-6));
    }

    @Test
    void closerThanAHundredMetresIsAHundredMetres() {
        var parent = quake("a", START, 10, 20, 3);
        var same = quake("b", START.plusSeconds(3600), 10, 20, 1);
        var near = quake("c", START.plusSeconds(3600), 10, 20.0005, 1);

        assertThat(NearestNeighbourRule.log10Eta(parent, same))
                .isEqualTo(NearestNeighbourRule.log10Eta(parent, near))
                .isCloseTo(Math.log10(3600 / 31_557_600.0) - 1.6 - 3, within(1e-9));
    }

    @Test
    void whatPeopleBlastNeitherTriggersNorIsTriggered() {
        var blast = new SeismicEvent("x", "quarry blast", START, START, ORIGIN, "", 6, 0);
        var after = quake("y", START.plusSeconds(60), 0, 0, 2);
        var explosion =
                new SeismicEvent("z", "explosion", START.plusSeconds(90), START, ORIGIN, "", 2, 0);

        assertThat(NearestNeighbourRule.links(List.of(blast, after, explosion))).isEmpty();
    }

    @Test
    void twoAtTheSameMomentDoNotTriggerEachOther() {
        var one = quake("a", START, 0, 0, 5);
        var other = quake("b", START, 0, 0, 5);

        assertThat(NearestNeighbourRule.links(List.of(one, other))).isEmpty();
        assertThatThrownBy(() -> new TriggerLink(one, other, -9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a is not earlier than b");
    }

    @Test
    void aPairBeyondTheThresholdIsNotLinked() {
        var parent = quake("a", START, 0, 0, 2);
        var tenYearsOn = quake("b", START.plus(Duration.ofDays(3652)), 0, 5, 2);

        assertThat(NearestNeighbourRule.links(List.of(parent, tenYearsOn))).isEmpty();
        assertThat(NearestNeighbourRule.nearest(List.of(parent), tenYearsOn))
                .hasValueSatisfying(link -> assertThat(link.strength()).isLessThan(0.01));
    }

    @Test
    void strengthIsHalfAtTheThreshold() {
        var parent = quake("a", START, 0, 0, 2);
        var child = quake("b", START.plusSeconds(1), 0, 0, 2);

        assertThat(new TriggerLink(parent, child, -5).strength()).isEqualTo(0.5);
        assertThat(new TriggerLink(parent, child, -9).strength()).isCloseTo(0.9999, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void theOrderOfTheFileDoesNotMatter(long seed) {
        var random = new Random(seed);
        List<SeismicEvent> events = anySwarm(random);
        List<TriggerLink> links = NearestNeighbourRule.links(events);
        Collections.shuffle(events, random);

        assertThat(links).isNotEmpty().isEqualTo(NearestNeighbourRule.links(events));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void theOneParentIsTheNearestOfAllEarlierEvents(long seed) {
        List<SeismicEvent> events = anySwarm(new Random(seed));
        List<TriggerLink> links = NearestNeighbourRule.links(events);

        assertThat(links.stream().map(link -> link.child().id())).doesNotHaveDuplicates();
        for (TriggerLink link : links) {
            double least =
                    events.stream()
                            .filter(event -> event.time().isBefore(link.child().time()))
                            .mapToDouble(e -> NearestNeighbourRule.log10Eta(e, link.child()))
                            .min()
                            .orElseThrow();
            assertThat(link.log10Eta()).isEqualTo(least).isLessThan(-5);
        }
    }

    private static List<SeismicEvent> anySwarm(Random random) {
        var events = new ArrayList<SeismicEvent>();
        for (int i = 0; i < 120; i++) {
            Instant time = START.plusSeconds(random.nextInt(86_400));
            double latitude = random.nextDouble(-1, 1);
            double longitude = random.nextDouble(-1, 1);
            events.add(quake("e" + i, time, latitude, longitude, random.nextDouble(0, 5)));
        }
        return events;
    }

    private static SeismicEvent quake(
            String id, Instant time, double latitude, double longitude, double magnitude) {
        return new SeismicEvent(
                id, "earthquake", time, time, new GeoPoint(latitude, longitude), "", magnitude, 0);
    }
}
