package dev.palimpsest.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

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
}
