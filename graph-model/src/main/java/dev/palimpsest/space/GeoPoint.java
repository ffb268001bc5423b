package dev.palimpsest.space;

/// A point on the Earth in degrees (WGS 84): latitude -90 to 90, longitude -180 to 180.
public record GeoPoint(double latitude, double longitude) {

    public GeoPoint {
        if (!(latitude >= -90 && latitude <= 90)) {
            throw new IllegalArgumentException("lat must lie between -90 and 90: " + latitude);
        }
        if (!(longitude >= -180 && longitude <= 180)) {
            throw new IllegalArgumentException("lon must lie between -180 and 180: " + longitude);
        }
    }

    /// Great-circle distance in kilometres (haversine, mean radius 6371.0088 km).
    public double kilometresTo(GeoPoint other) {
        double phi1 = Math.toRadians(latitude);
        double phi2 = Math.toRadians(other.latitude);
        double sinPhi = Math.sin((phi2 - phi1) / 2);
        double sinLambda = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
        double h = sinPhi * sinPhi + Math.cos(phi1) * Math.cos(phi2) * sinLambda * sinLambda;
        return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
    }

    /// Mean radius of the Earth (IUGG).
    public static final double EARTH_RADIUS_KM = 6371.0088;
}
