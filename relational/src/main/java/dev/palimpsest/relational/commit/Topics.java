package dev.palimpsest.relational.commit;

import dev.palimpsest.model.FactId;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The visible rows of topics, as the batch has changed them so far. What was not loaded at the
/// batch's beginning is read when it is asked for.
final class Topics {

    private final WorkingState state;
    private final RowReader reader;

    Topics(WorkingState state, RowReader reader) {
        this.state = state;
        this.reader = reader;
    }

    TopicRows rows(Topic topic) throws SQLException {
        if (state.isNew(topic.subject())) {
            return state.topics.find(topic).orElse(TopicRows.NONE);
        }
        if (!state.topics.has(topic)) {
            load(List.of(topic));
        }
        return state.topics.find(topic).orElse(TopicRows.NONE);
    }

    void put(Topic topic, TopicRows rows) {
        state.topics.put(topic, rows);
    }

    void load(Collection<Topic> topics) throws SQLException {
        var missing =
                topics.stream()
                        .filter(topic -> !state.topics.has(topic) && !state.isNew(topic.subject()))
                        .distinct()
                        .toList();
        if (!missing.isEmpty()) {
            reader.topics(missing).forEach(state.topics::seed);
        }
    }

    /// The fact of that id, if anything was ever asserted of it.
    Optional<FactKey> fact(FactId fact) throws SQLException {
        if (!state.facts.has(fact)) {
            loadFacts(List.of(fact));
        }
        return state.facts.find(fact);
    }

    void loadFacts(Collection<FactId> facts) throws SQLException {
        for (var found : reader.facts(facts)) {
            state.facts.seed(found.key().fact(), found.key());
            state.seed(found.predicate());
        }
    }

    void loadProfiles(Collection<Long> nodes) throws SQLException {
        for (var profile : reader.profiles(nodes)) {
            state.profiles.seed(profile.node(), profile);
        }
    }

    /// The facts of a multi-valued predicate that are asserted of a subject now.
    Set<FactId> factsOf(Pair pair) throws SQLException {
        if (!state.heldFacts.containsKey(pair)) {
            var held =
                    state.isNew(pair.subject())
                            ? Set.<FactId>of()
                            : reader.factsOf(pair.subject(), pair.predicate());
            state.heldFacts.put(pair, held);
            load(
                    held.stream()
                            .map(fact -> (Topic) new Topic.OfFact(pair.subject(), fact))
                            .toList());
        }
        var facts = new HashSet<>(state.heldFacts.getOrDefault(pair, Set.of()));
        facts.addAll(state.newFacts.find(pair).orElse(Set.of()));
        return facts;
    }
}
