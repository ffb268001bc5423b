package dev.palimpsest.query.run;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.query.ledger.InMemoryLedger;
import dev.palimpsest.query.ledger.Scribe;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;

/// A chronicle in lists in memory.
final class ScribeChronicle implements Chronicle {

    private final Scribe scribe;
    private final List<FactVersion> said = new ArrayList<>();

    ScribeChronicle(Scribe scribe) {
        this.scribe = scribe;
    }

    @Override
    public SpaceId space() {
        return scribe.space();
    }

    @Override
    public void register(Predicate predicate) {
        scribe.register(predicate);
    }

    @Override
    public void say(
            EntityId subject,
            PredicateName predicate,
            Value object,
            Interval valid,
            SourceId source,
            Qualifiers qualifiers) {
        said.add(scribe.say(subject, predicate, object, valid, source, qualifiers));
    }

    @Override
    public void takeBack(Random random) {
        if (said.isEmpty()) {
            return;
        }
        var version = said.remove(random.nextInt(said.size()));
        boolean stands =
                scribe.versions().stream()
                        .anyMatch(
                                now -> now.id().equals(version.id()) && now.recorded().isCurrent());
        if (stands) {
            scribe.takeBack(version);
        }
    }

    @Override
    public void keep(Memory memory) {
        scribe.keep(memory);
    }

    @Override
    public Instant knownAt(Random random) {
        var at = new Position(1 + random.nextLong(scribe.head().number()));
        return Scribe.recordedAt(at).plusNanos(random.nextInt(1_000_000) * 1_000L);
    }

    @Override
    public Ledger ledger() {
        return new InMemoryLedger(scribe);
    }

    @Override
    public Collection<RowId> rows(Position at) {
        return scribe.rows().stream().flatMap(NaiveRows::id).toList();
    }
}
