package dev.palimpsest.ingest.source;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.Statement.Replaces;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.time.Interval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What an MCP memory server keeps, as facts of one source: an entity is a fact of what
/// `entityType` it has, its observations are facts with their text, a relation is a fact between
/// two entities.
public final class MemoryServerFacts {

    /// The most observations of one entity that are said at once: those of one item are in order
    /// only so far.
    public static final int MOST_OBSERVATIONS = 2_000;

    private final SourceId source;

    public MemoryServerFacts(SourceId source) {
        this.source = source;
    }

    /// An observation; equal ones that were said at once are numbered.
    public record Observation(String text, int copy) {

        public Value value() {
            return new Value.Text(text);
        }

        /// Numbers what is said at once.
        public static List<Observation> numbered(List<String> texts) {
            var copies = new HashMap<String, Integer>();
            return texts.stream()
                    .map(text -> new Observation(text, copies.merge(text, 1, Integer::sum)))
                    .toList();
        }
    }

    /// An entity comes to be.
    ///
    /// @throws IllegalArgumentException if a text is too long, or there are too many
    public WriteItem entity(
            String name, int copy, String entityType, List<Observation> observations) {
        var id = MemoryServerNames.entity(name, copy);
        var type = MemoryServerNames.type(entityType).value();
        var statements = new ArrayList<Statement>();
        statements.add(said(id, Profile.TYPE, new Value.Text(type), Replaces.ALL));
        if (MemoryServerNames.isMade(id)) {
            statements.add(said(id, Profile.NAME, new Value.Text(name), Replaces.ALL));
        }
        statements.add(
                said(
                        id,
                        MemoryServerNames.ENTITY_TYPE,
                        new Value.Text(entityType),
                        Replaces.OVERLAP));
        return described(id, statements, observations);
    }

    /// More is observed of an entity.
    ///
    /// @throws IllegalArgumentException likewise
    public WriteItem observations(EntityId entity, List<Observation> observations) {
        return described(entity, new ArrayList<>(), observations);
    }

    private WriteItem described(
            EntityId id, List<Statement> statements, List<Observation> observations) {
        if (observations.size() > MOST_OBSERVATIONS) {
            throw new IllegalArgumentException(
                    "has at most "
                            + MOST_OBSERVATIONS
                            + " observations at once: "
                            + observations.size()
                            + "; give the others later");
        }
        for (var one : observations) {
            var predicate = MemoryServerNames.observation(one.copy());
            statements.add(said(id, predicate, one.value(), Replaces.OVERLAP));
        }
        return WriteItem.now(new Action.DescribeEntity(id, statements));
    }

    private Statement said(EntityId id, PredicateName predicate, Value value, Replaces replaces) {
        return statement(id, predicate, value, Qualifiers.NONE, replaces);
    }

    /// A relation comes to be, and the names of its ends where their ids do not tell them.
    ///
    /// @throws IllegalArgumentException likewise
    public List<WriteItem> relation(String from, String to, String relationType, int copy) {
        var items = new ArrayList<WriteItem>();
        named(from).ifPresent(items::add);
        if (!from.equals(to)) {
            named(to).ifPresent(items::add);
        }
        var sentence = MemoryServerNames.sentence(from, relationType, to);
        var fact =
                statement(
                        MemoryServerNames.entity(from, 1),
                        MemoryServerNames.relation(relationType, copy),
                        new Value.Entity(MemoryServerNames.entity(to, 1)),
                        new Qualifiers(
                                OptionalDouble.empty(),
                                OptionalDouble.empty(),
                                Optional.empty(),
                                Optional.of(sentence)),
                        Replaces.OVERLAP);
        items.add(WriteItem.now(new Action.AssertFact(fact)));
        return items;
    }

    private Optional<WriteItem> named(String name) {
        var id = MemoryServerNames.entity(name, 1);
        return MemoryServerNames.isMade(id)
                ? Optional.of(
                        WriteItem.now(
                                new Action.DescribeEntity(
                                        id,
                                        List.of(
                                                said(
                                                        id,
                                                        Profile.NAME,
                                                        new Value.Text(name),
                                                        Replaces.ALL)))))
                : Optional.empty();
    }

    private Statement statement(
            EntityId subject,
            PredicateName predicate,
            Value object,
            Qualifiers qualifiers,
            Replaces replaces) {
        return new Statement(
                subject,
                predicate,
                object,
                Interval.ALWAYS,
                source,
                qualifiers,
                Optional.empty(),
                replaces);
    }
}
