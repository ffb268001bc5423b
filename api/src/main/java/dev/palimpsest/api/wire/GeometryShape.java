package dev.palimpsest.api.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.Shape;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.ingest.source.StrictObject;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.space.Polygon;
import dev.palimpsest.space.Region;
import dev.palimpsest.space.Ring;
import java.util.List;

/// Reads areas: a GeoJSON geometry of type Polygon or MultiPolygon (RFC 7946). Which way rings run
/// does not matter, and heights are not looked at.
final class GeometryShape {

    private static final Shape<List<Ring>> RINGS =
            Shapes.listOf(
                    Shapes.listOf(GeometryShape::position, Polygon.MOST_POINTS).as(Ring::new),
                    Polygon.MOST_POINTS);
    private static final Shape<Polygon> POLYGON = RINGS.as(GeometryShape::polygon);
    private static final Shape<List<Polygon>> POLYGONS =
            Shapes.listOf(POLYGON, Polygon.MOST_POINTS);

    private GeometryShape() {}

    static Region read(JsonNode node, String path) {
        var geometry = StrictObject.of(node, path, List.of("type", "coordinates"));
        var type = geometry.required("type", Shapes.TEXT);
        requireSize(node.path("coordinates"), path + ".coordinates");
        return switch (type) {
            case "Polygon" -> new Region.Area(List.of(geometry.required("coordinates", POLYGON)));
            case "MultiPolygon" -> geometry.required("coordinates", POLYGONS.as(Region.Area::new));
            default ->
                    throw new InvalidField(
                            path + ".type",
                            "must be Polygon or MultiPolygon; of a Feature give its geometry: "
                                    + shown(type));
        };
    }

    private static Polygon polygon(List<Ring> rings) {
        if (rings.isEmpty()) {
            throw new IllegalArgumentException("a polygon has at least its outer ring");
        }
        return new Polygon(rings.getFirst(), rings.subList(1, rings.size()));
    }

    private static GeoPoint position(JsonNode node, String path) {
        if (!node.isArray() || node.size() < 2 || node.size() > 3) {
            throw new InvalidField(path, "must be a position: an array of lon, lat");
        }
        double longitude = Shapes.DECIMAL.read(node.get(0), path + "[0]");
        double latitude = Shapes.DECIMAL.read(node.get(1), path + "[1]");
        if (!(Math.abs(longitude) <= 180)) {
            throw new InvalidField(
                    path + "[0]",
                    "is a longitude and must lie between -180 and 180; what crosses the"
                            + " antimeridian is cut there into two polygons of a MultiPolygon"
                            + " (RFC 7946, 3.1.9): "
                            + longitude);
        }
        return Shapes.made(path + "[1]", () -> new GeoPoint(latitude, longitude));
    }

    /// Before anything is made of them, so that too many cost nothing.
    private static void requireSize(JsonNode coordinates, String path) {
        long points = positions(coordinates);
        if (points > Polygon.MOST_POINTS) {
            throw new InvalidField(
                    path,
                    "has at most "
                            + Polygon.MOST_POINTS
                            + " positions in all its rings; draw it with fewer: "
                            + points);
        }
    }

    private static long positions(JsonNode node) {
        if (node.isArray() && node.path(0).isNumber()) {
            return 1;
        }
        long inside = 0;
        for (var element : node) {
            inside += positions(element);
        }
        return inside;
    }

    private static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
