package dev.palimpsest.api.mcp.memory;

import dev.palimpsest.ingest.source.MemoryServerFacts.Observation;
import dev.palimpsest.ingest.source.MemoryServerNames;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.SpaceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The entities and relations of a space in memory, in the order they came to be. For one thread
/// that changes it, or many that read.
final class HeldGraph {

    private final SpaceId space;
    private final Map<EntityId, Held> entities = new LinkedHashMap<>();
    private final FoldedTexts texts = new FoldedTexts();

    /// Entities of one name, the first first: one call may have made several.
    private final Map<String, List<EntityId>> named = new HashMap<>();

    private final Map<FactId, Placed> relations = new LinkedHashMap<>();
    private final Map<String, Set<FactId>> touching = new HashMap<>();
    private long observations;
    private long placed;

    HeldGraph(SpaceId space) {
        this.space = space;
    }

    /// @param marks the facts that say what it is, to be taken back with it
    record Entity(
            EntityId id,
            String name,
            String entityType,
            List<Observation> observations,
            List<FactId> marks) {

        Entity {
            observations = List.copyOf(observations);
            marks = List.copyOf(marks);
        }

        Entity with(List<Observation> other) {
            return new Entity(id, name, entityType, other, marks);
        }

        boolean has(String text) {
            return observations.stream().anyMatch(one -> one.text().equals(text));
        }
    }

    record Relation(FactId fact, String from, String to, String relationType) {}

    /// What is told of some of it.
    record Part(List<Entity> entities, List<Relation> relations) {}

    /// @param place among all, by when it came
    private record Held(Entity entity, long place) {}

    private record Placed(Relation relation, long place) {}

    SpaceId space() {
        return space;
    }

    /// How many facts it is made of.
    long size() {
        return entities.size() + observations + relations.size();
    }

    Part all() {
        return new Part(
                entities.values().stream().map(Held::entity).toList(),
                relations.values().stream().map(Placed::relation).toList());
    }

    /// The entities with `query` in their name, type or an observation, whatever its case, and the
    /// relations that touch them.
    Part search(String query) {
        var found = texts.having(query.toLowerCase(Locale.ROOT));
        return with(found.stream().map(this::held).toList());
    }

    /// The entities of those names, and the relations that touch them.
    Part open(Collection<String> names) {
        var wanted = new HashSet<EntityId>();
        names.forEach(name -> wanted.addAll(named.getOrDefault(name, List.of())));
        return with(
                wanted.stream()
                        .map(this::inPlace)
                        .sorted(Comparator.comparingLong(Held::place))
                        .map(Held::entity)
                        .toList());
    }

    private Part with(List<Entity> found) {
        var names = new HashSet<String>();
        found.forEach(entity -> names.add(entity.name()));
        return new Part(found, touching(names));
    }

    /// The relations that one of these names is an end of.
    List<Relation> touching(Set<String> names) {
        var facts = new HashSet<FactId>();
        names.forEach(name -> facts.addAll(touching.getOrDefault(name, Set.of())));
        return facts.stream()
                .map(this::placed)
                .sorted(Comparator.comparingLong(Placed::place))
                .map(Placed::relation)
                .toList();
    }

    /// The entities of that name, the first first.
    List<Entity> named(String name) {
        return named.getOrDefault(name, List.of()).stream().map(this::held).toList();
    }

    Optional<Entity> first(String name) {
        return named.getOrDefault(name, List.of()).stream().findFirst().map(this::held);
    }

    /// The relations that say just that: more than one if one call said it more than once.
    List<Relation> same(String from, String to, String relationType) {
        var fromIt = touching.getOrDefault(from, Set.of());
        var toIt = touching.getOrDefault(to, Set.of());
        return (fromIt.size() < toIt.size() ? fromIt : toIt)
                .stream()
                        .map(fact -> placed(fact).relation)
                        .filter(one ->
                                one.from().equals(from)
                                        && one.to().equals(to)
                                        && one.relationType().equals(relationType))
                        .toList();
    }

    /// An entity comes to be, or is another.
    void put(Entity entity) {
        var before = entities.get(entity.id());
        entities.put(entity.id(), new Held(entity, before == null ? placed++ : before.place));
        texts.put(entity.id(), folded(entity));
        observations += entity.observations().size();
        if (before == null) {
            named.computeIfAbsent(entity.name(), _ -> new ArrayList<>(1)).add(entity.id());
        } else {
            observations -= before.entity.observations().size();
        }
    }

    void remove(Entity entity) {
        var before = entities.remove(entity.id());
        texts.remove(entity.id());
        if (before != null) {
            observations -= before.entity.observations().size();
            var others = named.getOrDefault(entity.name(), new ArrayList<>());
            others.remove(entity.id());
            if (others.isEmpty()) {
                named.remove(entity.name());
            }
        }
    }

    void put(Relation relation) {
        if (relations.putIfAbsent(relation.fact(), new Placed(relation, placed)) == null) {
            placed++;
            end(relation.from()).add(relation.fact());
            end(relation.to()).add(relation.fact());
        }
    }

    private Set<FactId> end(String name) {
        return touching.computeIfAbsent(name, _ -> new LinkedHashSet<>(2));
    }

    void remove(Relation relation) {
        relations.remove(relation.fact());
        for (var name : List.of(relation.from(), relation.to())) {
            touching.computeIfPresent(
                    name,
                    (_, facts) -> {
                        facts.remove(relation.fact());
                        return facts.isEmpty() ? null : facts;
                    });
        }
    }

    /// The fact that an observation of an entity is.
    FactId factOf(EntityId entity, Observation observation) {
        var predicate = MemoryServerNames.observation(observation.copy());
        return FactId.of(space, entity, predicate, observation.value());
    }

    private Entity held(EntityId id) {
        return inPlace(id).entity;
    }

    private Held inPlace(EntityId id) {
        var held = entities.get(id);
        if (held == null) {
            throw new IllegalStateException("named but not held: " + id);
        }
        return held;
    }

    private Placed placed(FactId fact) {
        var relation = relations.get(fact);
        if (relation == null) {
            throw new IllegalStateException("touching but not held: " + fact);
        }
        return relation;
    }

    private static String folded(Entity entity) {
        var all =
                new StringBuilder(entity.name())
                        .append(FoldedTexts.END)
                        .append(entity.entityType());
        entity.observations().forEach(one -> all.append(FoldedTexts.END).append(one.text()));
        return all.toString().toLowerCase(Locale.ROOT);
    }
}
