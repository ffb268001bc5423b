package dev.palimpsest.space;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// How much work it is to find out whether sides cross.
final class Sides {

    private Sides() {}

    /// How many pairs of sides of any of these rings lie in boxes that overlap; at most `limit`.
    static int overlaps(List<Ring> rings, int limit) {
        List<Box> boxes = new ArrayList<>();
        for (var ring : rings) {
            var points = ring.points();
            for (int i = 1; i < points.size(); i++) {
                boxes.add(Box.of(points.get(i - 1), points.get(i)));
            }
        }
        boxes.sort(Comparator.comparingDouble(Box::west));
        int overlaps = 0;
        for (int i = 0; i < boxes.size(); i++) {
            var box = boxes.get(i);
            for (int j = i + 1; j < boxes.size() && boxes.get(j).west() <= box.east(); j++) {
                var other = boxes.get(j);
                if (other.south() <= box.north()
                        && box.south() <= other.north()
                        && ++overlaps == limit) {
                    return limit;
                }
            }
        }
        return overlaps;
    }

    private record Box(double west, double east, double south, double north) {

        static Box of(GeoPoint from, GeoPoint to) {
            return new Box(
                    Math.min(from.longitude(), to.longitude()),
                    Math.max(from.longitude(), to.longitude()),
                    Math.min(from.latitude(), to.latitude()),
                    Math.max(from.latitude(), to.latitude()));
        }
    }
}
