package dev.palimpsest.relational.commit;

import dev.palimpsest.belief.Belief;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.RowId;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Recorded;
import dev.palimpsest.time.Stamp;

/// A row of the table `fact_version`.
record VersionRow(RowId id, FactKey key, Interval valid, Qualifiers qualifiers, Recorded recorded) {

    Belief belief() {
        return new Belief(key.object(), qualifiers, valid);
    }

    VersionRow closedAt(Stamp stamp) {
        return new VersionRow(id, key, valid, qualifiers, recorded.closedAt(stamp));
    }
}
