package dev.palimpsest.query.index.lucene;

import dev.palimpsest.port.Deadline;
import dev.palimpsest.space.Region;
import dev.palimpsest.time.Position;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.IndexReader;
import org.jspecify.annotations.Nullable;

/// The rows of an index that pass a filter at a position. What passes is worked out when it is
/// first asked for, once for each segment, and kept: whoever searches several times for the same
/// rows makes one selection and hands it on.
///
/// For one space of one index, and for one thread.
public final class Selection {

    private final @Nullable Selection among;
    private final Filter filter;
    private final Position at;
    private final Deadline deadline;
    private final Map<IndexReader.CacheKey, SegmentRows> known = new HashMap<>();
    private final Map<Region.Circle, Disc> discs = new HashMap<>();

    public Selection(Filter filter, Position at) {
        this(filter, at, Deadline.NEVER);
    }

    /// @param deadline when searching for it is given up
    public Selection(Filter filter, Position at, Deadline deadline) {
        this(null, filter, at, deadline);
    }

    private Selection(@Nullable Selection among, Filter filter, Position at, Deadline deadline) {
        this.among = among;
        this.filter = filter;
        this.at = at;
        this.deadline = deadline;
    }

    /// Those of its rows that pass another filter, too.
    public Selection and(Filter further) {
        return new Selection(this, further, at, deadline);
    }

    Optional<Selection> among() {
        return Optional.ofNullable(among);
    }

    Filter filter() {
        return filter;
    }

    Position at() {
        return at;
    }

    Deadline deadline() {
        return deadline;
    }

    Map<IndexReader.CacheKey, SegmentRows> known() {
        return known;
    }

    /// A circle of its filter, as all segments look at it.
    Disc disc(Region.Circle circle) {
        return discs.computeIfAbsent(circle, Disc::new);
    }
}
