package dev.palimpsest.datasets.earthquakes;

/// The great-circle distance between two epicentres; depth is left out, as the rule has it.
final class EpicentralDistance {

    private static final double EARTH_RADIUS_KM = 6371.0088;

    private EpicentralDistance() {}

    static double km(SeismicEvent a, SeismicEvent b) {
        double north = Math.sin(Math.toRadians(b.latitude() - a.latitude()) / 2);
        double east = Math.sin(Math.toRadians(b.longitude() - a.longitude()) / 2);
        double chord =
                north * north
                        + Math.cos(Math.toRadians(a.latitude()))
                                * Math.cos(Math.toRadians(b.latitude()))
                                * east
                                * east;
        return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
    }
}
