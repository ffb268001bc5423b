package dev.palimpsest.query.ledger;

import dev.palimpsest.belief.Cut;
import dev.palimpsest.model.Assertion;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.Evidence;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Row;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Recorded;
import dev.palimpsest.time.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// Writes one space of an [InMemoryLedger], one position per call, a second apart. Every fact
/// version has one assertion; of a functional predicate what is said later takes the place of what
/// was said before over the same time.
public final class Scribe {

    public static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");

    private final SpaceId space;
    private final Map<EntityId, Row.OfEntity> entities = new LinkedHashMap<>();
    private final Map<PredicateName, Predicate> predicates = new LinkedHashMap<>();
    private final Map<RowId, Row> rows = new LinkedHashMap<>();
    private final Map<RowId, Assertion> assertions = new LinkedHashMap<>();
    private final Map<EntityId, Set<RowId>> current = new HashMap<>();
    private final Map<EntityId, RowId> profiles = new HashMap<>();
    private final List<Touch> touched = new ArrayList<>();
    private long position;
    private long node;
    private int ordinal;

    private record Touch(long position, Row row) {}

    public Scribe(SpaceId space) {
        this.space = space;
        Profile.PREDICATES.forEach(known -> predicates.put(known.name(), known));
    }

    public SpaceId space() {
        return space;
    }

    public Position head() {
        return new Position(position);
    }

    /// When the write at `position` was recorded.
    public static Instant recordedAt(Position position) {
        return FIRST.plusSeconds(position.number());
    }

    public void register(Predicate predicate) {
        var _ = next();
        predicates.put(predicate.name(), predicate);
        touched.add(new Touch(position, new Row.OfPredicate(space, predicate)));
    }

    /// A source says a fact.
    public FactVersion say(
            EntityId subject,
            PredicateName predicate,
            Value object,
            Interval valid,
            SourceId source) {
        return say(subject, predicate, object, valid, source, Qualifiers.NONE);
    }

    public FactVersion say(
            EntityId subject,
            PredicateName predicate,
            Value object,
            Interval valid,
            SourceId source,
            Qualifiers qualifiers) {
        var stamp = next();
        var known = predicates.computeIfAbsent(predicate, Predicate::plain);
        meet(subject, stamp);
        if (object instanceof Value.Entity(EntityId other)) {
            meet(other, stamp);
        }
        var fact = FactId.of(space, subject, predicate, object);
        for (var old : List.copyOf(currentOf(subject))) {
            var version = old.version();
            boolean rival = known.functional() && version.predicate().equals(predicate);
            if ((rival || version.fact().equals(fact)) && version.valid().overlaps(valid)) {
                close(old, stamp);
                for (var rest : Cut.remainders(version.valid(), valid)) {
                    var _ = add(version, rest, old.sources().iterator().next(), stamp);
                }
            }
        }
        var said =
                new FactVersion(
                        RowId.of(stamp, 0),
                        fact,
                        subject,
                        predicate,
                        object,
                        valid,
                        qualifiers,
                        Recorded.since(stamp));
        var added = add(said, valid, source, stamp);
        describe(subject, stamp);
        if (object instanceof Value.Entity(EntityId other)) {
            describe(other, stamp);
        }
        return added;
    }

    /// What was said is taken back.
    public void takeBack(FactVersion version) {
        var stamp = next();
        close((Row.OfFact) row(version.id()), stamp);
        describe(version.subject(), stamp);
    }

    public void keep(Memory memory) {
        var stamp = next();
        memory.mentions().forEach(mentioned -> meet(mentioned, stamp));
        memory.mentions().forEach(mentioned -> describe(mentioned, stamp));
        var mentions = memory.mentions().stream().map(this::nodeOf).toList();
        var id = RowId.of(stamp, ordinal++);
        put(id, new Row.OfMemory(space, id, memory, ++node, mentions, Recorded.since(stamp)));
    }

    /// Every row as it is now.
    public List<Row> rows() {
        var all = new ArrayList<Row>(entities.values());
        predicates.values().forEach(known -> all.add(new Row.OfPredicate(space, known)));
        all.addAll(rows.values());
        return all;
    }

    /// What the positions after `after` touched, as it was then.
    public List<Row> changesAfter(Position after) {
        return touched.stream()
                .filter(touch -> touch.position > after.number())
                .map(Touch::row)
                .toList();
    }

    public List<FactVersion> versions() {
        return rows.values().stream()
                .filter(Row.OfFact.class::isInstance)
                .map(row -> ((Row.OfFact) row).version())
                .toList();
    }

    public long nodeOf(EntityId entity) {
        var known = entities.get(entity);
        if (known == null) {
            throw new IllegalArgumentException("nobody mentioned " + entity);
        }
        return known.node();
    }

    Map<EntityId, Row.OfEntity> entities() {
        return entities;
    }

    Map<PredicateName, Predicate> predicates() {
        return predicates;
    }

    List<Assertion> assertions() {
        return List.copyOf(assertions.values());
    }

    private Stamp next() {
        position++;
        ordinal = 1;
        return new Stamp(new Position(position), recordedAt(new Position(position)));
    }

    private void meet(EntityId entity, Stamp stamp) {
        if (!entities.containsKey(entity)) {
            var met = new Row.OfEntity(space, entity, ++node, stamp);
            entities.put(entity, met);
            touched.add(new Touch(position, met));
            current.put(entity, new HashSet<>());
        }
    }

    private FactVersion add(FactVersion like, Interval valid, SourceId source, Stamp stamp) {
        var id = RowId.of(stamp, ordinal++);
        var version =
                new FactVersion(
                        id,
                        like.fact(),
                        like.subject(),
                        like.predicate(),
                        like.object(),
                        valid,
                        like.qualifiers(),
                        Recorded.since(stamp));
        var objectNode =
                like.object() instanceof Value.Entity(EntityId other)
                        ? OptionalLong.of(nodeOf(other))
                        : OptionalLong.empty();
        put(id, new Row.OfFact(space, version, nodeOf(like.subject()), objectNode, Set.of(source)));
        setOf(like.subject()).add(id);
        var quote =
                new Evidence(
                        Optional.empty(),
                        Optional.of("as " + source + " says"),
                        OptionalInt.empty());
        assertions.put(
                id,
                new Assertion(
                        RowId.of(stamp, ordinal++),
                        like.fact(),
                        like.subject(),
                        like.predicate(),
                        like.object(),
                        valid,
                        source,
                        like.qualifiers(),
                        Optional.of(quote),
                        stamp.position(),
                        Recorded.since(stamp)));
        return version;
    }

    private void close(Row.OfFact row, Stamp stamp) {
        var old = row.version();
        var closed =
                new FactVersion(
                        old.id(),
                        old.fact(),
                        old.subject(),
                        old.predicate(),
                        old.object(),
                        old.valid(),
                        old.qualifiers(),
                        old.recorded().closedAt(stamp));
        put(
                old.id(),
                new Row.OfFact(space, closed, row.subjectNode(), row.objectNode(), row.sources()));
        setOf(old.subject()).remove(old.id());
        assertions.computeIfPresent(
                old.id(),
                (_, said) ->
                        new Assertion(
                                said.id(),
                                said.fact(),
                                said.subject(),
                                said.predicate(),
                                said.object(),
                                said.valid(),
                                said.source(),
                                said.qualifiers(),
                                said.evidence(),
                                said.said(),
                                said.recorded().closedAt(stamp)));
    }

    /// Writes the entity's profile anew if it changed.
    private void describe(EntityId entity, Stamp stamp) {
        var now = profileOf(entity, stamp);
        var before = profiles.get(entity);
        if (before != null) {
            var old = (Row.OfProfile) row(before);
            if (sameContent(old.profile(), now)) {
                return;
            }
            put(
                    before,
                    new Row.OfProfile(
                            space,
                            with(old.profile(), old.profile().recorded().closedAt(stamp)),
                            old.node()));
        }
        put(now.id(), new Row.OfProfile(space, now, nodeOf(entity)));
        profiles.put(entity, now.id());
    }

    private EntityProfile profileOf(EntityId entity, Stamp stamp) {
        return new EntityProfile(
                RowId.of(stamp, ordinal++),
                entity,
                last(entity, Profile.TYPE)
                        .map(version -> new EntityType(version.object().canonical()))
                        .orElse(EntityType.THING),
                last(entity, Profile.NAME).map(version -> version.object().canonical()),
                List.of(),
                last(entity, Profile.DESCRIPTION).map(version -> version.object().canonical()),
                last(entity, Profile.PLACE).map(version -> ((Value.Geo) version.object()).point()),
                last(entity, Profile.EXISTS, new Value.Flag(true)).map(FactVersion::valid),
                Recorded.since(stamp));
    }

    private Optional<FactVersion> last(EntityId entity, PredicateName predicate) {
        return lastOf(entity, version -> version.predicate().equals(predicate));
    }

    private Optional<FactVersion> last(EntityId entity, PredicateName predicate, Value object) {
        return lastOf(
                entity,
                version ->
                        version.predicate().equals(predicate) && version.object().equals(object));
    }

    private Optional<FactVersion> lastOf(
            EntityId entity, java.util.function.Predicate<FactVersion> which) {
        return currentOf(entity).stream()
                .map(Row.OfFact::version)
                .filter(which)
                .max(Comparator.comparing(version -> version.valid().from()));
    }

    private static boolean sameContent(EntityProfile one, EntityProfile other) {
        return with(one, other.recorded())
                .equals(
                        new EntityProfile(
                                one.id(),
                                other.entity(),
                                other.type(),
                                other.name(),
                                other.aliases(),
                                other.description(),
                                other.place(),
                                other.exists(),
                                other.recorded()));
    }

    private static EntityProfile with(EntityProfile profile, Recorded recorded) {
        return new EntityProfile(
                profile.id(),
                profile.entity(),
                profile.type(),
                profile.name(),
                profile.aliases(),
                profile.description(),
                profile.place(),
                profile.exists(),
                recorded);
    }

    private List<Row.OfFact> currentOf(EntityId entity) {
        return setOf(entity).stream().map(id -> (Row.OfFact) row(id)).toList();
    }

    private Set<RowId> setOf(EntityId entity) {
        return current.computeIfAbsent(entity, _ -> new HashSet<>());
    }

    private Row row(RowId id) {
        var row = rows.get(id);
        if (row == null) {
            throw new IllegalArgumentException("there is no row " + id);
        }
        return row;
    }

    private void put(RowId id, Row row) {
        rows.put(id, row);
        touched.add(new Touch(position, row));
    }

    /// A point as the object of a fact.
    public static Value at(GeoPoint point) {
        return new Value.Geo(point);
    }
}
