package dev.palimpsest.query.rank;

import dev.palimpsest.model.RowId;
import dev.palimpsest.question.Kind;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Interval;
import java.util.List;
import java.util.Optional;

/// What is known of a row that may be a hit: enough to score and order it.
public sealed interface Judgeable permits Candidate, Listed {

    RowId id();

    Kind kind();

    /// When it is: existence, validity, occurrence.
    Optional<Interval> time();

    /// The place it has itself: of a memory, or a fact whose object is a point. An entity's comes
    /// from its place facts.
    Optional<GeoPoint> ownPlace();

    /// The entities it is about: itself; subject and object, in this order; those it mentions.
    List<Long> nodes();
}
