package dev.palimpsest.datasets.earthquakes;

import dev.palimpsest.space.GeoPoint;
import java.time.Instant;

/// One event of the catalogue: what the rule of trigger links needs to know of it.
///
/// @param kind as the catalogue spells it: `earthquake`, `explosion`, `quarry blast`
/// @param known when the revision at hand was known
/// @param region where it was, in words
/// @param depthKilometres below the surface; a little negative above it
public record SeismicEvent(
        String id,
        String kind,
        Instant time,
        Instant known,
        GeoPoint epicentre,
        String region,
        double magnitude,
        double depthKilometres) {

    /// Whether the Earth made it, not people: only such events trigger and are triggered.
    public boolean isNatural() {
        return kind.equals("earthquake");
    }
}
