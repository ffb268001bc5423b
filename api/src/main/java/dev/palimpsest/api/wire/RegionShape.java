package dev.palimpsest.api.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.ingest.source.StrictObject;
import dev.palimpsest.question.Constraint.Where;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.space.Region;
import java.util.List;

/// Reads parts of the Earth: a circle `{"lat", "lon", "km"}`, a box `{"south", "west", "north",
/// "east"}` or a GeoJSON geometry.
final class RegionShape {

    private static final List<String> CIRCLE = List.of("lat", "lon", "km");
    private static final List<String> BOX = List.of("south", "west", "north", "east");

    private RegionShape() {}

    static Region read(JsonNode node, String path) {
        if (node.has("type")) {
            return GeometryShape.read(node, path);
        }
        return BOX.stream().anyMatch(node::has) ? box(node, path) : circle(node, path);
    }

    /// `{"lat", "lon", "halfKm"}`.
    static Where.Around around(JsonNode node, String path) {
        var around = StrictObject.of(node, path, List.of("lat", "lon", "halfKm"));
        var point = new GeoPoint(latitude(around, "lat"), longitude(around, "lon"));
        return around.required("halfKm", Shapes.DECIMAL.as(km -> new Where.Around(point, km)));
    }

    private static Region circle(JsonNode node, String path) {
        var circle = StrictObject.of(node, path, CIRCLE);
        var centre = new GeoPoint(latitude(circle, "lat"), longitude(circle, "lon"));
        return circle.required("km", Shapes.DECIMAL.as(km -> new Region.Circle(centre, km)));
    }

    private static Region box(JsonNode node, String path) {
        var box = StrictObject.of(node, path, BOX);
        double south = latitude(box, "south");
        double west = longitude(box, "west");
        double north = latitude(box, "north");
        double east = longitude(box, "east");
        return Shapes.made(path, () -> new Region.Box(south, west, north, east));
    }

    private static double latitude(StrictObject object, String name) {
        return object.required(
                name, Shapes.DECIMAL.as(degrees -> new GeoPoint(degrees, 0).latitude()));
    }

    private static double longitude(StrictObject object, String name) {
        return object.required(
                name, Shapes.DECIMAL.as(degrees -> new GeoPoint(0, degrees).longitude()));
    }
}
