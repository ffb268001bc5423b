package dev.palimpsest.query.index.lucene;

import dev.palimpsest.space.GeoPoint;
import java.time.Instant;

/// Which rows come first when nothing is asked of their text. Rows that lack what the order is
/// about are left out.
public sealed interface Order {

    /// The shorter the distance from the point, the better. The score is its negative in
    /// kilometres.
    record Nearest(GeoPoint point) implements Order {}

    /// The shorter the time between the moment and the valid interval, the better; within it, the
    /// later the start. The score is its negative in seconds.
    record Closest(Instant moment) implements Order {}

    /// The later recorded, the better. The score is the position.
    record Newest() implements Order {}
}
