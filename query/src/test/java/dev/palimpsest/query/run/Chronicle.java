package dev.palimpsest.query.run;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import java.time.Instant;
import java.util.Collection;
import java.util.Random;

/// Where a [RandomWorld] is written down, and read again row by row.
public interface Chronicle {

    SpaceId space();

    void register(Predicate predicate);

    void say(
            EntityId subject,
            PredicateName predicate,
            Value object,
            Interval valid,
            SourceId source,
            Qualifiers qualifiers);

    /// Something that was said is taken back, if anything was.
    void takeBack(Random random);

    void keep(Memory memory);

    /// Some moment up to the last write, and a little after.
    Instant knownAt(Random random);

    Ledger ledger();

    /// The ids of all rows that can be hits and are visible at a position; more do no harm.
    Collection<RowId> rows(Position at);
}
