package dev.palimpsest.query.index.lucene;

import dev.palimpsest.model.RowId;
import dev.palimpsest.question.Kind;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Interval;
import java.util.List;
import java.util.Optional;

/// A row that was found, with what the index holds of it to judge it by.
///
/// @param node of the entity or memory; of a fact, its subject's
/// @param about the entities it is about: itself, subject and object, those it mentions
/// @param time when it exists, holds, occurred; an unknown end taken as late as may be
/// @param place its own, as near as the index keeps it (a centimetre)
/// @param score the higher, the better; comparable only within one search
public record Match(
        RowId id,
        Kind kind,
        long node,
        List<Long> about,
        Optional<Interval> time,
        Optional<GeoPoint> place,
        double score) {

    public Match {
        about = List.copyOf(about);
    }

    /// The same row with another score.
    Match scored(double other) {
        return new Match(id, kind, node, about, time, place, other);
    }
}
