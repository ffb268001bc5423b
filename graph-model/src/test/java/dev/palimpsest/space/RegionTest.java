package dev.palimpsest.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionTest {

    @Test
    void knownDistancesAgreeWithTheSphere() {
        var paris = new GeoPoint(48.8566, 2.3522);
        var london = new GeoPoint(51.5074, -0.1278);

        assertThat(paris.kilometresTo(london)).isCloseTo(343.56, within(0.1));
        assertThat(new GeoPoint(90, 0).kilometresTo(new GeoPoint(-90, 0)))
                .isCloseTo(Math.PI * GeoPoint.EARTH_RADIUS_KM, within(1e-6));
        assertThat(new GeoPoint(90, 10).kilometresTo(new GeoPoint(90, -170)))
                .isCloseTo(0, within(1e-6));
    }

    @Test
    void aCircleReachesAcrossTheAntimeridian() {
        var fiji = new Region.Circle(new GeoPoint(-17, 179.9), 50);

        assertThat(fiji.contains(new GeoPoint(-17, -179.9))).isTrue();
        assertThat(fiji.contains(new GeoPoint(-17, 179))).isFalse();
    }

    @Test
    void aBoxWhoseWestLiesEastOfItsEastCrossesTheAntimeridian() {
        var pacific = new Region.Box(-20, 170, 10, -170);

        assertThat(pacific.contains(new GeoPoint(0, 180))).isTrue();
        assertThat(pacific.contains(new GeoPoint(0, -175))).isTrue();
        assertThat(pacific.contains(new GeoPoint(0, 0))).isFalse();
    }

    @Test
    void whatIsNotOnTheEarthIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GeoPoint(91, 0))
                .withMessageContaining("lat");
        assertThatIllegalArgumentException().isThrownBy(() -> new GeoPoint(0, Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Region.Circle(new GeoPoint(0, 0), -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Region.Box(10, 0, 0, 10));
    }

    @Test
    void aPolygonLacksItsHolesAndTheirBordersButHasItsOwnBorder() {
        var square = ring(0, 0, 0, 10, 10, 10, 10, 0, 0, 0);
        var hole = ring(4, 4, 4, 6, 6, 6, 6, 4, 4, 4);
        var area = new Region.Area(List.of(new Polygon(square, List.of(hole))));

        assertThat(area.contains(new GeoPoint(2, 2))).isTrue();
        assertThat(area.contains(new GeoPoint(5, 5))).isFalse();
        assertThat(area.contains(new GeoPoint(4, 5))).isFalse();
        assertThat(area.contains(new GeoPoint(0, 5))).isTrue();
        assertThat(area.contains(new GeoPoint(10, 10))).isTrue();
        assertThat(area.contains(new GeoPoint(10.000001, 5))).isFalse();
    }

    @Test
    void aSideRunsStraightInLongitudeAndLatitude() {
        // The great circle from (50, -60) to (50, 60) bulges to latitude 67.
        var triangle = ring(50, -60, 50, 60, 0, 0, 50, -60);
        var area = new Region.Area(List.of(new Polygon(triangle, List.of())));

        assertThat(area.contains(new GeoPoint(49.9, 0))).isTrue();
        assertThat(area.contains(new GeoPoint(50.1, 0))).isFalse();
    }

    @Test
    void aSideFromEastToWestGoesTheLongWay() {
        var wide = new Polygon(ring(0, 170, 10, 170, 10, -170, 0, -170, 0, 170), List.of());
        var area = new Region.Area(List.of(wide));

        assertThat(area.contains(new GeoPoint(5, 0))).isTrue();
        assertThat(area.contains(new GeoPoint(5, 175))).isFalse();
    }

    @Test
    void twoPolygonsMeetAtTheAntimeridian() {
        var west = new Polygon(ring(0, 170, 0, 180, 10, 180, 10, 170, 0, 170), List.of());
        var east = new Polygon(ring(0, -180, 0, -170, 10, -170, 10, -180, 0, -180), List.of());
        var both = new Region.Area(List.of(west, east));

        assertThat(both.contains(new GeoPoint(5, 179.9))).isTrue();
        assertThat(both.contains(new GeoPoint(5, 180))).isTrue();
        assertThat(both.contains(new GeoPoint(5, -180))).isTrue();
        assertThat(both.contains(new GeoPoint(5, -179.9))).isTrue();
        assertThat(both.contains(new GeoPoint(5, 0))).isFalse();
        // The same point by its other name.
        assertThat(new Region.Area(List.of(west)).contains(new GeoPoint(5, -180))).isTrue();
        assertThat(new Region.Box(0, 170, 10, 180).contains(new GeoPoint(5, -180))).isTrue();
    }

    @Test
    void aPoleIsOnePointWhateverItsLongitude() {
        var cap = ring(60, -180, 60, 180, 90, 180, 90, -180, 60, -180);
        var around = new Region.Area(List.of(new Polygon(cap, List.of())));
        var wedge = new Region.Box(80, 10, 90, 20);

        assertThat(around.contains(new GeoPoint(90, 33))).isTrue();
        assertThat(around.contains(new GeoPoint(61, 33))).isTrue();
        assertThat(around.contains(new GeoPoint(-90, 33))).isFalse();
        assertThat(wedge.contains(new GeoPoint(90, 133))).isTrue();
        assertThat(wedge.contains(new GeoPoint(89.9, 133))).isFalse();
        assertThat(new Region.Circle(new GeoPoint(89, 0), 200).contains(new GeoPoint(89, 180)))
                .isFalse();
        assertThat(new Region.Circle(new GeoPoint(89, 0), 223).contains(new GeoPoint(89, 180)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 0 10 10 10              | at least 4",
                "0 0 0 10 10 10 10 0         | closed",
                "0 0 10 10 0 10 10 0 0 0     | cross",
                "0 0 0 10 0 0 0 10 0 0       | cross",
                "0 0 0 0 0 0 0 0             | three different",
            })
    void aRingThatIsNoneIsRefused(String latitudesAndLongitudes, String rule) {
        var numbers =
                Arrays.stream(latitudesAndLongitudes.strip().split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Polygon(ring(numbers), List.of()))
                .withMessageContaining(rule);
    }

    @Test
    void aHoleThatIsNoneIsRefused() {
        var square = ring(0, 0, 0, 10, 10, 10, 10, 0, 0, 0);
        var inside = ring(4, 4, 4, 6, 6, 6, 6, 4, 4, 4);
        var deeper = ring(4.5, 4.5, 4.5, 5.5, 5.5, 5.5, 5.5, 4.5, 4.5, 4.5);
        var outside = ring(24, 24, 24, 26, 26, 26, 26, 24, 24, 24);
        var across = ring(5, 5, 5, 15, 6, 15, 6, 5, 5, 5);

        refused(square, "inside the outer ring", outside);
        refused(square, "cross", across);
        refused(square, "inside another", inside, deeper);
    }

    @Test
    void tooManyPositionsAreRefused() {
        var points = new ArrayList<GeoPoint>();
        for (int i = 0; i < Polygon.MOST_POINTS; i++) {
            double angle = 2 * Math.PI * i / Polygon.MOST_POINTS;
            points.add(new GeoPoint(40 * Math.sin(angle), 40 * Math.cos(angle)));
        }
        points.add(points.getFirst());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Polygon(new Ring(points), List.of()))
                .withMessageContaining("at most 10000 positions");
        points.remove(5);
        assertThat(new Polygon(new Ring(points), List.of()).contains(new GeoPoint(1, 1))).isTrue();
    }

    /// Every side beside every other: to compare them all takes seconds.
    @Test
    void aCombThatWouldTakeTooLongToCheckIsRefused() {
        int teeth = 4_998;
        var points = new ArrayList<GeoPoint>();
        for (int i = 0; i < teeth; i++) {
            var foot = new GeoPoint(-40, -80 + i * 0.002);
            var tip = new GeoPoint(40, i * 0.002);
            points.addAll(i % 2 == 0 ? List.of(foot, tip) : List.of(tip, foot));
        }
        points.addAll(List.of(new GeoPoint(-60, 100), new GeoPoint(-60, -80), points.getFirst()));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Polygon(new Ring(points), List.of()))
                .withMessageContaining("side by side");
        var wave = new ArrayList<GeoPoint>();
        for (int i = 0; i < 9_990; i++) {
            wave.add(new GeoPoint(10 + 5 * Math.sin(i * 0.7), -100 + i * 0.02));
        }
        wave.addAll(List.of(new GeoPoint(-60, 100), new GeoPoint(-60, -100), wave.getFirst()));
        assertThat(new Polygon(new Ring(wave), List.of()).contains(new GeoPoint(0, 0))).isTrue();
    }

    private static void refused(Ring outer, String rule, Ring... holes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Polygon(outer, List.of(holes)))
                .withMessageContaining(rule);
    }

    private static Ring ring(double... latitudesAndLongitudes) {
        var points = new ArrayList<GeoPoint>();
        for (int i = 0; i < latitudesAndLongitudes.length; i += 2) {
            points.add(new GeoPoint(latitudesAndLongitudes[i], latitudesAndLongitudes[i + 1]));
        }
        return new Ring(points);
    }
}
