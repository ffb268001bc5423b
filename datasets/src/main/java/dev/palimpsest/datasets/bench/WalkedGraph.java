package dev.palimpsest.datasets.bench;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Projection.Checkpoint;
import dev.palimpsest.port.Row;
import dev.palimpsest.query.index.adjacency.Adjacency;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Recorded;
import dev.palimpsest.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/// A made graph to walk: so many entities, so many facts between any two of them, a fifth of which
/// are causal and a tenth of which were taken back. The same for the same seed.
final class WalkedGraph {

    static final SpaceId SPACE = new SpaceId("walks");

    private static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");
    private static final PredicateName CAUSAL = new PredicateName("ledTo");
    private static final List<PredicateName> PLAIN =
            List.of(
                    new PredicateName("near"),
                    new PredicateName("knows"),
                    new PredicateName("partOf"),
                    new PredicateName("cites"));
    private static final int BATCH = 10_000;

    private final Random random;
    private final int entities;
    private final Adjacency adjacency = new Adjacency();
    private long position = 1;

    WalkedGraph(long seed, int entities, int facts) {
        this.random = new Random(seed);
        this.entities = entities;
        var causal =
                new Predicate(
                        CAUSAL,
                        false,
                        true,
                        false,
                        Optional.empty(),
                        Optional.of(ObjectKind.ENTITY));
        List<Row> rows = new ArrayList<>(List.of(new Row.OfPredicate(SPACE, causal)));
        for (int fact = 0; fact < facts; fact++) {
            rows.add(fact());
            if (rows.size() == BATCH) {
                apply(rows);
            }
        }
        apply(rows);
    }

    Adjacency adjacency() {
        return adjacency;
    }

    Position head() {
        return new Position(position);
    }

    long someEntity() {
        return 1L + random.nextInt(entities);
    }

    static Instant day(int day) {
        return FIRST.plus(Duration.ofDays(day));
    }

    private void apply(List<Row> rows) {
        adjacency.apply(rows, new Checkpoint(new UUID(0, 1), head()));
        rows.clear();
    }

    private Row fact() {
        position++;
        long subject = someEntity();
        long object = someEntity();
        int kind = random.nextInt(PLAIN.size() + 1);
        var predicate = kind == PLAIN.size() ? CAUSAL : PLAIN.get(kind);
        var from = new Stamp(new Position(position), FIRST.plusSeconds(position));
        var recorded =
                random.nextInt(10) == 0
                        ? Recorded.since(from)
                                .closedAt(
                                        new Stamp(
                                                new Position(position + 10),
                                                FIRST.plusSeconds(position + 10)))
                        : Recorded.since(from);
        var name = new EntityId("e" + subject);
        var value = new Value.Entity(new EntityId("e" + object));
        var version =
                new FactVersion(
                        RowId.of(from, 0),
                        FactId.of(SPACE, name, predicate, value),
                        name,
                        predicate,
                        value,
                        valid(),
                        strength(random.nextDouble()),
                        recorded);
        return new Row.OfFact(
                SPACE, version, subject, OptionalLong.of(object), Set.of(new SourceId("made")));
    }

    private Interval valid() {
        int start = random.nextInt(1_000);
        return random.nextBoolean()
                ? Interval.since(day(start))
                : Interval.between(day(start), day(start + 1 + random.nextInt(1_000)));
    }

    private static Qualifiers strength(double strength) {
        return new Qualifiers(
                OptionalDouble.empty(),
                OptionalDouble.of(strength),
                Optional.empty(),
                Optional.empty());
    }
}
