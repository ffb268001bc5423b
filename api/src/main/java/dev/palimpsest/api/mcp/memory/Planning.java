package dev.palimpsest.api.mcp.memory;

import dev.palimpsest.api.mcp.memory.Given.Observed;
import dev.palimpsest.api.mcp.memory.GraphJson.EntityBody;
import dev.palimpsest.api.mcp.memory.GraphJson.RelationBody;
import dev.palimpsest.api.mcp.memory.HeldGraph.Entity;
import dev.palimpsest.api.mcp.memory.HeldGraph.Relation;
import dev.palimpsest.api.mcp.memory.HeldSpace.Plan;
import dev.palimpsest.ingest.source.MemoryServerFacts;
import dev.palimpsest.ingest.source.MemoryServerFacts.Observation;
import dev.palimpsest.ingest.source.MemoryServerNames;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteItem.Retraction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// What each writing call comes to, given the graph as it is.
///
/// What is looked up is the graph before the call: a call that gives the same name twice makes two
/// of it.
final class Planning {

    private final HeldGraph graph;
    private final String client;
    private final MemoryServerFacts facts;
    private final List<WriteItem> items = new ArrayList<>();
    private final List<Consumer<HeldGraph>> changes = new ArrayList<>();

    /// Entities as the call so far leaves them.
    private final Map<EntityId, Entity> changed = new LinkedHashMap<>();

    Planning(HeldGraph graph, String client) {
        this.graph = graph;
        this.client = client;
        this.facts = new MemoryServerFacts(new SourceId(client));
    }

    record Added(String entityName, List<String> addedObservations) {}

    Plan<List<EntityBody>> createEntities(List<EntityBody> given) {
        var made = new ArrayList<EntityBody>();
        var copies = new HashMap<String, Integer>();
        for (int i = 0; i < given.size(); i++) {
            var body = given.get(i);
            if (graph.first(body.name()).isEmpty()) {
                int copy = copies.merge(body.name(), 1, Integer::sum);
                var entity = Shapes.made("entities[" + i + "]", () -> create(body, copy));
                changes.add(held -> held.put(entity));
                made.add(body);
            }
        }
        requireRoom(made.stream().mapToLong(one -> 1 + one.observations().size()).sum());
        return plan(made);
    }

    private Entity create(EntityBody body, int copy) {
        var observations = Observation.numbered(body.observations());
        var id = MemoryServerNames.entity(body.name(), copy);
        int first = Math.min(observations.size(), MemoryServerFacts.MOST_OBSERVATIONS);
        items.add(
                facts.entity(body.name(), copy, body.entityType(), observations.subList(0, first)));
        observe(id, observations.subList(first, observations.size()));
        var marks = new ArrayList<FactId>();
        var type = MemoryServerNames.type(body.entityType()).value();
        marks.add(FactId.of(graph.space(), id, Profile.TYPE, new Value.Text(type)));
        if (MemoryServerNames.isMade(id)) {
            marks.add(FactId.of(graph.space(), id, Profile.NAME, new Value.Text(body.name())));
        }
        var entityType = new Value.Text(body.entityType());
        marks.add(FactId.of(graph.space(), id, MemoryServerNames.ENTITY_TYPE, entityType));
        return new Entity(id, body.name(), body.entityType(), observations, marks);
    }

    private void observe(EntityId id, List<Observation> observations) {
        int most = MemoryServerFacts.MOST_OBSERVATIONS;
        for (int from = 0; from < observations.size(); from += most) {
            int to = Math.min(observations.size(), from + most);
            items.add(facts.observations(id, observations.subList(from, to)));
        }
    }

    Plan<List<RelationBody>> createRelations(List<RelationBody> given) {
        var made = new ArrayList<RelationBody>();
        var copies = new HashMap<RelationBody, Integer>();
        for (int i = 0; i < given.size(); i++) {
            var body = given.get(i);
            if (graph.same(body.from(), body.to(), body.relationType()).isEmpty()) {
                int copy = copies.merge(body, 1, Integer::sum);
                items.addAll(
                        Shapes.made(
                                "relations[" + i + "]",
                                () ->
                                        facts.relation(
                                                body.from(),
                                                body.to(),
                                                body.relationType(),
                                                copy)));
                var relation = relation(body, copy);
                changes.add(held -> held.put(relation));
                made.add(body);
            }
        }
        requireRoom(made.size());
        return plan(made);
    }

    private Relation relation(RelationBody body, int copy) {
        var fact =
                FactId.of(
                        graph.space(),
                        MemoryServerNames.entity(body.from(), 1),
                        MemoryServerNames.relation(body.relationType(), copy),
                        new Value.Entity(MemoryServerNames.entity(body.to(), 1)));
        return new Relation(fact, body.from(), body.to(), body.relationType());
    }

    Plan<List<Added>> addObservations(List<Observed> given) {
        var added = new ArrayList<Added>();
        for (int i = 0; i < given.size(); i++) {
            var said = given.get(i);
            var entity =
                    now(said.entityName())
                            .orElseThrow(() ->
                                    new StoreException.NotFound(
                                            "Entity with name "
                                                    + said.entityName()
                                                    + " not found"));
            var known = texts(entity);
            var fresh = said.contents().stream().filter(text -> !known.contains(text)).toList();
            var observations = Observation.numbered(fresh);
            Shapes.made(
                    "observations[" + i + "].contents",
                    () -> {
                        observe(entity.id(), observations);
                        return entity;
                    });
            var all = new ArrayList<>(entity.observations());
            all.addAll(observations);
            changed.put(entity.id(), entity.with(all));
            added.add(new Added(said.entityName(), fresh));
        }
        requireRoom(added.stream().mapToLong(one -> one.addedObservations().size()).sum());
        return plan(added);
    }

    private static Set<String> texts(Entity entity) {
        var texts = new HashSet<String>();
        entity.observations().forEach(one -> texts.add(one.text()));
        return texts;
    }

    /// What the entity is after the call so far.
    private Optional<Entity> now(String name) {
        return graph.first(name).map(entity -> changed.getOrDefault(entity.id(), entity));
    }

    Plan<Boolean> deleteObservations(List<Observed> given) {
        for (var said : given) {
            var entity = now(said.entityName());
            if (entity.isPresent()) {
                changed.put(entity.get().id(), without(entity.get(), said.contents()));
            }
        }
        return plan(true);
    }

    private Entity without(Entity entity, List<String> texts) {
        var unwanted = new HashSet<>(texts);
        var left = new ArrayList<Observation>();
        for (var one : entity.observations()) {
            if (unwanted.contains(one.text())) {
                takeBack(graph.factOf(entity.id(), one));
            } else {
                left.add(one);
            }
        }
        return entity.with(left);
    }

    Plan<Boolean> deleteRelations(List<RelationBody> given) {
        var gone = new LinkedHashSet<Relation>();
        for (var body : given) {
            gone.addAll(graph.same(body.from(), body.to(), body.relationType()));
        }
        gone.forEach(this::takeBack);
        return plan(true);
    }

    /// What says that an entity is there goes last: if the store fails on the way, the call can be
    /// made again.
    Plan<Boolean> deleteEntities(List<String> names) {
        var wanted = new LinkedHashSet<>(names);
        graph.touching(wanted).forEach(this::takeBack);
        for (var name : wanted) {
            for (var entity : graph.named(name)) {
                entity.observations().forEach(one -> takeBack(graph.factOf(entity.id(), one)));
                entity.marks().forEach(this::takeBack);
                changes.add(held -> held.remove(entity));
            }
        }
        return plan(true);
    }

    private void takeBack(Relation relation) {
        takeBack(relation.fact());
        changes.add(held -> held.remove(relation));
    }

    private void takeBack(FactId fact) {
        var retraction =
                new Retraction(fact, Optional.empty(), Optional.empty(), "deleted by " + client);
        items.add(WriteItem.now(new Action.RetractFact(retraction)));
    }

    private void requireRoom(long more) {
        if (graph.size() + more > GraphReading.MOST_FACTS) {
            throw GraphReading.tooMany(graph.space());
        }
    }

    private <T> Plan<T> plan(T answer) {
        return new Plan<>(
                items,
                held -> {
                    changed.values().forEach(held::put);
                    changes.forEach(change -> change.accept(held));
                },
                answer);
    }
}
