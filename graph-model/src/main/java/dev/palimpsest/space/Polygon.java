package dev.palimpsest.space;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;

/// What one ring encloses, but not what lies in its holes. The outer border belongs to it, that of
/// a hole does not.
///
/// @param holes each inside the outer ring and none inside another
public record Polygon(Ring outer, List<Ring> holes) {

    /// The most positions that all rings of a region may have together.
    public static final int MOST_POINTS = 10_000;

    /// The most pairs of sides that are looked at to find out whether they cross, which bounds the
    /// time that takes: a coast has some ten thousand.
    static final int MOST_OVERLAPS = 500_000;

    private static final GeometryFactory GEOMETRY = new GeometryFactory();

    public Polygon {
        holes = List.copyOf(holes);
        requireSize(count(outer, holes));
        var sides = Stream.concat(Stream.of(outer), holes.stream());
        if (Sides.overlaps(sides.toList(), MOST_OVERLAPS) == MOST_OVERLAPS) {
            throw new IllegalArgumentException(
                    "a polygon's sides must not lie side by side so often that more than "
                            + MOST_OVERLAPS
                            + " pairs of them have to be compared; draw it with fewer positions");
        }
        flaw(outer, holes)
                .ifPresent(flaw -> {
                    throw new IllegalArgumentException(flaw);
                });
    }

    static void requireSize(long points) {
        if (points > MOST_POINTS) {
            throw new IllegalArgumentException(
                    "a region has at most "
                            + MOST_POINTS
                            + " positions in all its rings; draw it with fewer: "
                            + points);
        }
    }

    long points() {
        return count(outer, holes);
    }

    boolean contains(GeoPoint point) {
        if (Math.abs(point.latitude()) == 90) {
            return outer.touchesLatitude(point.latitude());
        }
        return holds(point.latitude(), point.longitude())
                || (Math.abs(point.longitude()) == 180
                        && holds(point.latitude(), -point.longitude()));
    }

    private boolean holds(double latitude, double longitude) {
        return outer.sideOf(latitude, longitude) != Ring.Side.OUTSIDE
                && holes.stream()
                        .allMatch(hole -> hole.sideOf(latitude, longitude) == Ring.Side.OUTSIDE);
    }

    private static long count(Ring outer, List<Ring> holes) {
        return Stream.concat(Stream.of(outer), holes.stream())
                .mapToLong(ring -> ring.points().size())
                .sum();
    }

    private static Optional<String> flaw(Ring outer, List<Ring> holes) {
        var polygon =
                GEOMETRY.createPolygon(
                        ring(outer), holes.stream().map(Polygon::ring).toArray(LinearRing[]::new));
        return Optional.ofNullable(new IsValidOp(polygon).getValidationError()).map(Polygon::said);
    }

    private static LinearRing ring(Ring ring) {
        return GEOMETRY.createLinearRing(ring.coordinates());
    }

    private static String said(TopologyValidationError flaw) {
        var rule =
                switch (flaw.getErrorType()) {
                    case TopologyValidationError.SELF_INTERSECTION,
                            TopologyValidationError.RING_SELF_INTERSECTION ->
                            "a ring must not cross or touch itself or another";
                    case TopologyValidationError.HOLE_OUTSIDE_SHELL ->
                            "a hole must lie inside the outer ring";
                    case TopologyValidationError.NESTED_HOLES ->
                            "a hole must not lie inside another";
                    case TopologyValidationError.DISCONNECTED_INTERIOR ->
                            "holes must not cut a polygon in two";
                    case TopologyValidationError.TOO_FEW_POINTS ->
                            "a ring must enclose something: it needs three different positions";
                    default -> flaw.getMessage();
                };
        Coordinate at = flaw.getCoordinate();
        return at == null ? rule : rule + ": at lon " + at.getX() + ", lat " + at.getY();
    }
}
