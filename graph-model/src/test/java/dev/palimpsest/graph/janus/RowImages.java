package dev.palimpsest.graph.janus;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Projection.Checkpoint;
import dev.palimpsest.port.Row;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Recorded;
import dev.palimpsest.time.Stamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/// Row images as a ledger hands them out: dense positions, nodes from 1, a microsecond between any
/// two writes.
final class RowImages implements NodeNumbers {

    static final UUID EPOCH = UUID.fromString("00000000-0000-8000-8000-000000000001");
    static final Instant FIRST = Instant.parse("2018-02-06T16:00:00Z");
    static final SpaceId SPACE = new SpaceId("quakes");

    private final Map<String, Long> nodes = new HashMap<>();
    private long position;
    private int ordinal;

    Checkpoint checkpoint() {
        return new Checkpoint(EPOCH, head());
    }

    Position head() {
        return new Position(position);
    }

    /// Goes to the next position.
    RowImages next() {
        position++;
        return this;
    }

    Row.OfEntity entity(String id) {
        return entity(SPACE, id);
    }

    Row.OfEntity entity(SpaceId space, String id) {
        return new Row.OfEntity(space, new EntityId(id), node(space, id), stamp());
    }

    Row.OfProfile type(String id, String type) {
        return type(SPACE, id, type);
    }

    Row.OfProfile type(SpaceId space, String id, String type) {
        var profile =
                new EntityProfile(
                        rowId(),
                        new EntityId(id),
                        new EntityType(type),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Recorded.since(stamp()));
        return new Row.OfProfile(space, profile, node(space, id));
    }

    Row.OfFact fact(String subject, String predicate, double object) {
        return fact(SPACE, subject, predicate, Value.Numeric.of(object), Interval.ALWAYS);
    }

    Row.OfFact fact(String subject, String predicate, Value object) {
        return fact(SPACE, subject, predicate, object, Interval.ALWAYS);
    }

    Row.OfFact link(String subject, String predicate, String object) {
        return fact(subject, predicate, new Value.Entity(new EntityId(object)));
    }

    Row.OfFact fact(SpaceId space, String subject, String predicate, Value object, Interval valid) {
        return fact(space, subject, predicate, object, valid, Qualifiers.NONE);
    }

    Row.OfFact fact(
            SpaceId space,
            String subject,
            String predicate,
            Value object,
            Interval valid,
            Qualifiers qualifiers) {
        var version =
                new FactVersion(
                        rowId(),
                        FactId.of(
                                space, new EntityId(subject), new PredicateName(predicate), object),
                        new EntityId(subject),
                        new PredicateName(predicate),
                        object,
                        valid,
                        qualifiers,
                        Recorded.since(stamp()));
        var objectNode =
                object instanceof Value.Entity(EntityId id)
                        ? OptionalLong.of(node(space, id.value()))
                        : OptionalLong.empty();
        return new Row.OfFact(
                space, version, node(space, subject), objectNode, Set.of(new SourceId("us")));
    }

    /// The image of `row` after it was closed now.
    Row.OfFact closed(Row.OfFact row) {
        var version = row.version();
        return new Row.OfFact(
                row.space(),
                new FactVersion(
                        version.id(),
                        version.fact(),
                        version.subject(),
                        version.predicate(),
                        version.object(),
                        version.valid(),
                        version.qualifiers(),
                        version.recorded().closedAt(stamp())),
                row.subjectNode(),
                row.objectNode(),
                row.sources());
    }

    Row.OfMemory memory(String id, Instant occurred, String... mentions) {
        var ids = java.util.Arrays.stream(mentions).map(EntityId::new).toList();
        var memory =
                new Memory(
                        new MemoryId(id),
                        "the ground shook",
                        Optional.of(occurred),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        ids,
                        new SourceId("desk"),
                        "{}");
        return new Row.OfMemory(
                SPACE,
                rowId(),
                memory,
                memoryNode(SPACE, id),
                ids.stream().map(entity -> node(SPACE, entity.value())).toList(),
                Recorded.since(stamp()));
    }

    @Override
    public OptionalLong entity(SpaceId space, EntityId entity) {
        return found(space + "/" + entity);
    }

    @Override
    public OptionalLong memory(SpaceId space, MemoryId memory) {
        return found(space + "/memory/" + memory);
    }

    private OptionalLong found(String name) {
        var node = nodes.get(name);
        return node == null ? OptionalLong.empty() : OptionalLong.of(node);
    }

    private long node(SpaceId space, String id) {
        return nodes.computeIfAbsent(space + "/" + id, _ -> nodes.size() + 1L);
    }

    private long memoryNode(SpaceId space, String id) {
        return node(space, "memory/" + id);
    }

    private RowId rowId() {
        return RowId.of(stamp(), ordinal++);
    }

    private Stamp stamp() {
        return new Stamp(head(), FIRST.plusNanos(1_000 * position));
    }
}
