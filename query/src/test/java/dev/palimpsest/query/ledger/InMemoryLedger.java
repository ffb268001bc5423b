package dev.palimpsest.query.ledger;

import dev.palimpsest.model.Assertion;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.Source;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Row;
import dev.palimpsest.time.Bookmark;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Stretch;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A ledger of one space, whose lists a [Scribe] writes.
public final class InMemoryLedger implements Ledger {

    public static final UUID EPOCH = new UUID(1, 1);

    private static final Comparator<RowId> BY_TIME = Comparator.comparing(RowId::toString);

    private final Scribe scribe;

    public InMemoryLedger(Scribe scribe) {
        this.scribe = scribe;
    }

    @Override
    public Bookmark head() {
        return new Bookmark(EPOCH, 0, scribe.head());
    }

    @Override
    public List<Space> spaces() {
        return List.of(new Space(scribe.space(), false));
    }

    @Override
    public Optional<Space> space(SpaceId space) {
        return spaces().stream().filter(known -> known.id().equals(space)).findFirst();
    }

    @Override
    public Position positionAt(SpaceId space, Instant knownAt) {
        var last = Position.START;
        while (last.isBefore(scribe.head()) && !Scribe.recordedAt(last.next()).isAfter(knownAt)) {
            last = last.next();
        }
        return last;
    }

    @Override
    public List<Predicate> predicates(SpaceId space) {
        return isHere(space) ? List.copyOf(scribe.predicates().values()) : List.of();
    }

    @Override
    public List<Source> sources(SpaceId space) {
        return assertions(space)
                .map(Assertion::source)
                .distinct()
                .map(source -> new Source(source, Optional.empty(), Optional.empty()))
                .toList();
    }

    @Override
    public Optional<EntityProfile> entity(SpaceId space, EntityId entity, Position at) {
        return profiles(space, at).filter(one -> one.entity().equals(entity)).findFirst();
    }

    @Override
    public Page<EntityProfile> entities(
            SpaceId space, EntityFilter filter, Position at, PageRequest page) {
        var found =
                profiles(space, at)
                        .filter(one -> filter.type().map(one.type()::equals).orElse(true))
                        .filter(one ->
                                filter.namePrefix().map(start -> isNamed(one, start)).orElse(true))
                        .sorted(Comparator.comparing(one -> one.entity().value()))
                        .toList();
        return paged(found, page, one -> one.entity().value());
    }

    private static boolean isNamed(EntityProfile profile, String prefix) {
        return Stream.concat(profile.name().stream(), profile.aliases().stream())
                .anyMatch(name ->
                        name.toLowerCase(Locale.ROOT).startsWith(prefix.toLowerCase(Locale.ROOT)));
    }

    @Override
    public Map<EntityId, Long> nodes(SpaceId space, Collection<EntityId> entities) {
        Map<EntityId, Long> nodes = new HashMap<>();
        for (var entity : entities) {
            var known = scribe.entities().get(entity);
            if (known != null && isHere(space)) {
                nodes.put(entity, known.node());
            }
        }
        return nodes;
    }

    @Override
    public Map<Long, EntityId> entitiesOf(SpaceId space, Collection<Long> nodes) {
        return scribe.entities().values().stream()
                .filter(known -> isHere(space) && nodes.contains(known.node()))
                .collect(Collectors.toMap(Row.OfEntity::node, Row.OfEntity::entity));
    }

    @Override
    public Page<FactVersion> facts(
            SpaceId space,
            EntityId subject,
            Optional<PredicateName> predicate,
            Optional<Instant> valid,
            Position at,
            PageRequest page) {
        return facts(space, one -> one.subject().equals(subject), predicate, valid, at, page);
    }

    @Override
    public Page<FactVersion> factsTo(
            SpaceId space,
            EntityId object,
            Optional<PredicateName> predicate,
            Optional<Instant> valid,
            Position at,
            PageRequest page) {
        var wanted = new Value.Entity(object);
        return facts(space, one -> one.object().equals(wanted), predicate, valid, at, page);
    }

    private Page<FactVersion> facts(
            SpaceId space,
            java.util.function.Predicate<FactVersion> which,
            Optional<PredicateName> predicate,
            Optional<Instant> valid,
            Position at,
            PageRequest page) {
        var found =
                versions(space)
                        .filter(which)
                        .filter(one -> one.recorded().visibleAt(at))
                        .filter(one -> predicate.map(one.predicate()::equals).orElse(true))
                        .filter(one -> valid.map(one.valid()::holdsAt).orElse(true))
                        .sorted(
                                Comparator.comparing((FactVersion one) -> one.predicate().value())
                                        .thenComparing(one -> one.valid().from())
                                        .thenComparing(FactVersion::id, BY_TIME))
                        .toList();
        return paged(found, page, one -> one.id().toString());
    }

    @Override
    public Page<FactVersion> believed(SpaceId space, Position at, PageRequest page) {
        var found =
                versions(space)
                        .filter(one -> one.recorded().visibleAt(at))
                        .sorted(Comparator.comparing(FactVersion::id, BY_TIME))
                        .toList();
        return paged(found, page, one -> one.id().toString());
    }

    @Override
    public Page<FactVersion> history(
            SpaceId space,
            EntityId subject,
            Optional<PredicateName> predicate,
            Position at,
            PageRequest page) {
        var found =
                versions(space)
                        .filter(one -> one.subject().equals(subject))
                        .filter(one -> predicate.map(one.predicate()::equals).orElse(true))
                        .filter(one -> one.recorded().fromPosition() <= at.number())
                        .sorted(Comparator.comparing(FactVersion::id, BY_TIME))
                        .toList();
        return paged(found, page, one -> one.id().toString());
    }

    @Override
    public List<FactVersion> fact(SpaceId space, FactId fact, Position at) {
        return versions(space)
                .filter(one -> one.fact().equals(fact))
                .filter(one -> one.recorded().fromPosition() <= at.number())
                .sorted(Comparator.comparing(FactVersion::id, BY_TIME))
                .toList();
    }

    @Override
    public Map<FactId, List<Assertion>> assertions(SpaceId space, Set<FactId> facts, Position at) {
        return lastSaidFirst(
                assertions(space)
                        .filter(one -> facts.contains(one.fact()))
                        .filter(one -> one.recorded().visibleAt(at)));
    }

    @Override
    public Map<FactId, List<Assertion>> everSaid(SpaceId space, Set<FactId> facts, Position at) {
        return lastSaidFirst(
                assertions(space)
                        .filter(one -> facts.contains(one.fact()))
                        .filter(one -> one.recorded().fromPosition() <= at.number()));
    }

    @Override
    public boolean isUntouched(SpaceId space, Stretch said, Stretch then) {
        return assertions(space)
                .filter(one -> one.recorded().fromPosition() > said.after().number())
                .filter(one -> one.recorded().fromPosition() <= said.last().number())
                .filter(one -> one.recorded().visibleAt(then.after()))
                .allMatch(one -> one.recorded().visibleAt(then.last()));
    }

    private static Map<FactId, List<Assertion>> lastSaidFirst(Stream<Assertion> assertions) {
        return assertions
                .sorted(
                        Comparator.comparing(Assertion::said)
                                .reversed()
                                .thenComparing(Assertion::id, BY_TIME))
                .collect(Collectors.groupingBy(Assertion::fact));
    }

    @Override
    public Page<Assertion> said(
            SpaceId space,
            EntityId subject,
            PredicateName predicate,
            Position at,
            PageRequest page) {
        var found =
                assertions(space)
                        .filter(one ->
                                one.subject().equals(subject) && one.predicate().equals(predicate))
                        .filter(one -> one.recorded().fromPosition() <= at.number())
                        .sorted(Comparator.comparing(Assertion::id, BY_TIME))
                        .toList();
        return paged(found, page, one -> one.id().toString());
    }

    @Override
    public Map<RowId, Row> rows(SpaceId space, Collection<RowId> ids, Position at) {
        var wanted = new HashSet<>(ids);
        Map<RowId, Row> found = new HashMap<>();
        for (var row : rows(space).toList()) {
            switch (row) {
                case Row.OfFact fact when fact.version().recorded().visibleAt(at) ->
                        found.put(fact.version().id(), row);
                case Row.OfProfile profile when profile.profile().recorded().visibleAt(at) ->
                        found.put(profile.profile().id(), row);
                case Row.OfMemory memory when memory.recorded().visibleAt(at) ->
                        found.put(memory.id(), row);
                case Row.OfFact _, Row.OfProfile _, Row.OfMemory _ -> {}
                case Row.OfEntity _, Row.OfPredicate _ -> {}
            }
        }
        found.keySet().retainAll(wanted);
        return found;
    }

    @Override
    public Optional<Row.OfMemory> memory(SpaceId space, MemoryId id, Position at) {
        return rows(space)
                .filter(Row.OfMemory.class::isInstance)
                .map(Row.OfMemory.class::cast)
                .filter(one -> one.memory().id().equals(id) && one.recorded().visibleAt(at))
                .findFirst();
    }

    private Stream<Row> rows(SpaceId space) {
        return isHere(space) ? scribe.rows().stream() : Stream.empty();
    }

    private Stream<FactVersion> versions(SpaceId space) {
        return isHere(space) ? scribe.versions().stream() : Stream.empty();
    }

    private Stream<Assertion> assertions(SpaceId space) {
        return isHere(space) ? scribe.assertions().stream() : Stream.empty();
    }

    private Stream<EntityProfile> profiles(SpaceId space, Position at) {
        return rows(space)
                .filter(Row.OfProfile.class::isInstance)
                .map(row -> ((Row.OfProfile) row).profile())
                .filter(one -> one.recorded().visibleAt(at));
    }

    private boolean isHere(SpaceId space) {
        return space.equals(scribe.space());
    }

    /// The key of the last element of a page is the place after which the next begins.
    private static <T> Page<T> paged(List<T> all, PageRequest page, Function<T, String> key) {
        int start = 0;
        if (page.after().isPresent()) {
            while (start < all.size() && !key.apply(all.get(start)).equals(page.after().get())) {
                start++;
            }
            start++;
        }
        int end = Math.min(all.size(), start + page.size());
        var elements = start >= end ? List.<T>of() : all.subList(start, end);
        return new Page<>(
                elements,
                end < all.size() ? Optional.of(key.apply(elements.getLast())) : Optional.empty());
    }
}
