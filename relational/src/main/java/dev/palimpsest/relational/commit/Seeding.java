package dev.palimpsest.relational.commit;

import dev.palimpsest.model.Profile;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.WriteItem.Retraction;
import dev.palimpsest.time.Interval;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Fills the working state with all that the ledger holds of what a batch touches, in a handful of
/// queries for the whole batch.
final class Seeding {

    private final WorkingState state;
    private final Remembered remembered;
    private final NameReader names;
    private final Topics topics;
    private final Touching touching = new Touching();
    private final Map<Topic, Window> wanted = new LinkedHashMap<>();
    private final Set<Long> profiled = new LinkedHashSet<>();

    Seeding(WorkingState state, Remembered remembered, NameReader names, Topics topics) {
        this.state = state;
        this.remembered = remembered;
        this.names = names;
        this.topics = topics;
    }

    void seed(List<Pending.Write> batch) throws SQLException {
        for (var write : batch) {
            var space = space(write);
            if (space.isPresent()) {
                touching.add(space.get().no(), write);
            }
        }
        seedNames();
        if (!touching.retractions.isEmpty()) {
            topics.loadFacts(
                    touching.retractions.stream().map(Retraction::fact).distinct().toList());
        }
        for (var saying : touching.sayings) {
            want(saying.space(), saying.id());
        }
        for (var retraction : touching.retractions) {
            var fact = state.facts.find(retraction.fact());
            if (fact.isPresent()) {
                want(fact.get(), retraction);
            }
        }
        topics.load(wanted);
        if (!profiled.isEmpty()) {
            topics.loadProfiles(profiled);
        }
    }

    private Optional<SpaceRow> space(Pending.Write write) throws SQLException {
        var id = write.request().space();
        if (!state.spaces.containsKey(id)) {
            var known = remembered.spaces.get(id);
            if (known != null) {
                state.spaces.put(id, known);
                var last = remembered.lastRecorded.get(known.no());
                if (last != null) {
                    state.lastRecorded.seed(known.no(), last);
                }
            } else {
                var held = names.space(id);
                if (held.isPresent()) {
                    var row = held.get().row();
                    state.spaces.put(id, row);
                    held.get()
                            .lastRecorded()
                            .ifPresent(last -> state.lastRecorded.seed(row.no(), last));
                }
            }
        }
        return Optional.ofNullable(state.spaces.get(id));
    }

    private void seedNames() throws SQLException {
        var entities = notRemembered(touching.entities, remembered.nodes, state.nodes);
        if (!entities.isEmpty()) {
            names.nodes(entities).forEach(state.nodes::seed);
        }
        var sources = notRemembered(touching.sources, remembered.sources, state.sources);
        if (!sources.isEmpty()) {
            for (var row : names.sources(sources)) {
                state.sources.seed(new InSpace<>(row.space(), row.source().id()), row);
            }
        }
        seedPredicates();
        if (!touching.memories.isEmpty()) {
            names.memories(touching.memories).forEach(state.memories::seed);
        }
        seedForgotten();
        if (!touching.keys.isEmpty()) {
            long oldest = state.now - Limits.ANSWERS_KEPT.toMillis() * 1_000;
            names.answers(touching.keys, oldest).forEach(state.answers::seed);
        }
    }

    /// What is there is not forgotten; of the rest that is asked.
    private void seedForgotten() throws SQLException {
        boolean any =
                remembered.anyForgotten.isPresent()
                        ? remembered.anyForgotten.get()
                        : names.isAnythingForgotten();
        remembered.anyForgotten = Optional.of(any);
        if (!any) {
            return;
        }
        Set<InSpace<Tombstone>> asked = new LinkedHashSet<>();
        for (var name : touching.entities) {
            if (!state.nodes.has(name)) {
                asked.add(new InSpace<>(name.space(), Tombstone.of(name.id())));
            }
        }
        for (var name : touching.sources) {
            if (!state.sources.has(name)) {
                asked.add(new InSpace<>(name.space(), Tombstone.of(name.id())));
            }
        }
        for (var name : touching.memories) {
            if (!state.memories.has(name)) {
                asked.add(new InSpace<>(name.space(), Tombstone.of(name.id())));
            }
        }
        for (var name : touching.cited) {
            asked.add(new InSpace<>(name.space(), Tombstone.of(name.id())));
        }
        if (!asked.isEmpty()) {
            state.forgotten.addAll(names.forgotten(asked));
        }
    }

    private void seedPredicates() throws SQLException {
        var missing = notRemembered(touching.predicates, remembered.predicates, state.predicates);
        var asked = remembered.possible(missing);
        if (!asked.isEmpty()) {
            names.predicates(asked).forEach(state::seed);
            remembered.notFound(
                    asked.stream().filter(name -> !state.predicates.has(name)).toList());
        }
        for (var name : touching.predicates) {
            state.predicates
                    .find(name)
                    .ifPresent(row -> state.predicatesByNumber.seed(row.no(), row));
        }
    }

    private static <K, V> List<K> notRemembered(
            Set<K> used, Map<K, V> remembered, JournaledMap<K, V> seeded) {
        List<K> missing = new ArrayList<>();
        for (K key : used) {
            V known = remembered.get(key);
            if (known == null) {
                missing.add(key);
            } else {
                seeded.seed(key, known);
            }
        }
        return missing;
    }

    private void want(int space, Task.Saying saying) throws SQLException {
        var statement = saying.statement();
        var subject = state.nodes.find(new InSpace<>(space, statement.subject()));
        if (subject.isEmpty()) {
            return;
        }
        var predicate = state.predicates.find(new InSpace<>(space, statement.predicate()));
        boolean objectIsNew =
                statement.object() instanceof Value.Entity(var object)
                        && !state.nodes.has(new InSpace<>(space, object));
        if (predicate.isEmpty() || !predicate.get().isUsed()) {
            wantNothing(subject.get(), saying);
        } else if (predicate.get().isSettledTogether()) {
            want(
                    new Topic.OfSubject(subject.get(), predicate.get().no()),
                    window(predicate.get(), statement));
        } else if (objectIsNew) {
            wantNothing(subject.get(), saying);
        } else {
            want(new Topic.OfFact(subject.get(), saying.fact()), Window.ALL);
        }
        if (Profile.isPart(statement.predicate())) {
            wantProfile(space, subject.get());
        }
        if (predicate.isPresent()
                && !predicate.get().isSettledTogether()
                && statement.replaces() == Statement.Replaces.ALL) {
            topics.factsOf(new Pair(subject.get(), predicate.get().no()));
        }
    }

    private static Window window(PredicateRow predicate, Statement statement) {
        boolean divisible =
                Topic.isDivisible(predicate)
                        && statement.replaces() == Statement.Replaces.OVERLAP
                        && !(statement.valid().end() instanceof Interval.End.Unknown);
        return divisible ? Window.of(statement.valid()) : Window.ALL;
    }

    private void want(Topic topic, Window window) {
        wanted.merge(topic, window, Window::and);
    }

    private void want(FactKey fact, Retraction retraction) {
        var predicate = state.predicate(fact.predicate());
        boolean divisible = Topic.isDivisible(predicate) && retraction.portion().isPresent();
        want(
                Topic.of(fact, predicate),
                divisible ? Window.of(retraction.portion().get()) : Window.ALL);
        if (Profile.isPart(predicate.predicate().name())) {
            wantProfile(fact.space(), fact.subject());
        }
    }

    /// A fact that cannot have been asserted before need not be asked for.
    private void wantNothing(long subject, Task.Saying saying) {
        state.topics.seed(new Topic.OfFact(subject, saying.fact()), TopicRows.NONE);
    }

    private void wantProfile(int space, long subject) {
        profiled.add(subject);
        for (var part : Profile.PREDICATES) {
            state.predicates
                    .find(new InSpace<>(space, part.name()))
                    .ifPresent(row -> want(new Topic.OfSubject(subject, row.no()), Window.ALL));
        }
    }
}
