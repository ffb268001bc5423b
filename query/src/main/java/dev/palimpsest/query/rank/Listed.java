package dev.palimpsest.query.rank;

import dev.palimpsest.model.RowId;
import dev.palimpsest.query.index.lucene.Match;
import dev.palimpsest.question.Kind;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Interval;
import java.util.List;
import java.util.Optional;

/// A row as an index holds it: its places are a centimetre off, and it may be gone by now.
public record Listed(Match match) implements Judgeable {

    @Override
    public RowId id() {
        return match.id();
    }

    @Override
    public Kind kind() {
        return match.kind();
    }

    @Override
    public Optional<Interval> time() {
        return match.time();
    }

    @Override
    public Optional<GeoPoint> ownPlace() {
        return match.kind() == Kind.ENTITY ? Optional.empty() : match.place();
    }

    @Override
    public List<Long> nodes() {
        return match.about();
    }
}
