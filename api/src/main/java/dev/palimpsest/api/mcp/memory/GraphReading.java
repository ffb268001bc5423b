package dev.palimpsest.api.mcp.memory;

import dev.palimpsest.api.mcp.memory.HeldGraph.Entity;
import dev.palimpsest.api.mcp.memory.HeldGraph.Relation;
import dev.palimpsest.ingest.source.MemoryServerFacts.Observation;
import dev.palimpsest.ingest.source.MemoryServerNames;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Ledger.PageRequest;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Makes a graph of all that is believed in a space. Facts that are over are left out.
final class GraphReading {

    /// The most facts a graph is made of.
    static final int MOST_FACTS = 1_000_000;

    private final HeldGraph graph;
    private final LinkedHashMap<EntityId, Draft> drafts = new LinkedHashMap<>();
    private final List<FactVersion> between = new ArrayList<>();
    private long kept;

    private GraphReading(SpaceId space) {
        this.graph = new HeldGraph(space);
    }

    /// What is known of an entity so far.
    private static final class Draft {
        private Optional<String> name = Optional.empty();
        private Optional<String> entityType = Optional.empty();
        private final List<FactId> marks = new ArrayList<>();
        private final List<Observation> observations = new ArrayList<>();
    }

    /// @throws StoreException.TooSlow if there are more facts than are held
    static HeldGraph of(Ledger ledger, SpaceId space, Position at) {
        var reading = new GraphReading(space);
        var page = PageRequest.first(Ledger.LONGEST_PAGE);
        while (true) {
            var read = ledger.believed(space, at, page);
            read.elements().forEach(reading::take);
            if (read.next().isEmpty()) {
                return reading.finish();
            }
            page = new PageRequest(Ledger.LONGEST_PAGE, read.next());
        }
    }

    static StoreException.TooSlow tooMany(SpaceId space) {
        return new StoreException.TooSlow(
                "space '"
                        + space
                        + "' has more than "
                        + MOST_FACTS
                        + " entities, observations and relations, more than these tools hold; use"
                        + " the tools at /mcp");
    }

    private void take(FactVersion version) {
        if (!(version.valid().end() instanceof Interval.End.Open)) {
            return;
        }
        switch (version.object()) {
            case Value.Entity _ -> {
                count();
                between.add(version);
            }
            case Value.Text(String text) -> take(version, text);
            case Value.Numeric _, Value.Flag _, Value.Moment _, Value.Geo _, Value.Json _ -> {}
        }
    }

    private void take(FactVersion version, String text) {
        var predicate = version.predicate();
        var copy = MemoryServerNames.observationCopy(predicate);
        if (copy.isPresent()) {
            count();
            draft(version).observations.add(new Observation(text, copy.get()));
        } else if (predicate.equals(MemoryServerNames.ENTITY_TYPE)) {
            count();
            var draft = draft(version);
            if (draft.entityType.isEmpty()) {
                draft.entityType = Optional.of(text);
                drafts.putLast(version.subject(), draft); // it is there since then
            }
            draft.marks.add(version.fact());
        } else if (predicate.equals(Profile.TYPE)) {
            draft(version).marks.add(version.fact());
        } else if (predicate.equals(Profile.NAME) && MemoryServerNames.isMade(version.subject())) {
            draft(version).name = Optional.of(text);
            draft(version).marks.add(version.fact());
        }
    }

    private Draft draft(FactVersion version) {
        return drafts.computeIfAbsent(version.subject(), _ -> new Draft());
    }

    private void count() {
        if (++kept > MOST_FACTS) {
            throw tooMany(graph.space());
        }
    }

    private HeldGraph finish() {
        drafts.forEach((id, draft) -> {
            if (draft.entityType.isPresent()) {
                graph.put(
                        new Entity(
                                id,
                                name(id),
                                draft.entityType.get(),
                                draft.observations,
                                draft.marks));
            }
        });
        for (var version : between) {
            if (version.object() instanceof Value.Entity(EntityId object)) {
                var from = name(version.subject());
                var to = name(object);
                var type = MemoryServerNames.relationType(version, from, to);
                graph.put(new Relation(version.fact(), from, to, type));
            }
        }
        return graph;
    }

    private String name(EntityId id) {
        return Optional.ofNullable(drafts.get(id)).flatMap(one -> one.name).orElse(id.value());
    }
}
