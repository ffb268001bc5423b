package dev.palimpsest.relational.commit;

import dev.palimpsest.model.FactId;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /// The visible rows of a topic, or those that touch the window it was loaded with.
    TopicRows rows(Topic topic) throws SQLException {
        if (!state.isNew(topic.subject()) && !state.topics.has(topic)) {
            load(Map.of(topic, Window.ALL));
        }
        return state.topics.find(topic).orElse(TopicRows.NONE);
    }

    void put(Topic topic, TopicRows rows) {
        state.topics.put(topic, rows);
    }

    /// Reads topics, as far as they touch their window. What ends nobody knows when may bear on all
    /// that comes after it: where there is such, the whole topic is read.
    void load(Map<Topic, Window> wanted) throws SQLException {
        var missing = new LinkedHashMap<Topic, Window>();
        wanted.forEach((topic, window) -> {
            if (!state.topics.has(topic) && !state.isNew(topic.subject())) {
                missing.put(topic, window);
            }
        });
        var whole = new LinkedHashMap<Topic, Window>();
        reader.topics(missing)
                .forEach((topic, rows) -> {
                    if (rows.hasUnknownEnd() && !Window.ALL.equals(wanted.get(topic))) {
                        whole.put(topic, Window.ALL);
                    } else {
                        state.topics.seed(topic, rows);
                    }
                });
        reader.topics(whole).forEach(state.topics::seed);
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
            var wanted = new LinkedHashMap<Topic, Window>();
            held.forEach(fact -> wanted.put(new Topic.OfFact(pair.subject(), fact), Window.ALL));
            load(wanted);
        }
        var facts = new HashSet<>(state.heldFacts.getOrDefault(pair, Set.of()));
        facts.addAll(state.newFacts.find(pair).orElse(Set.of()));
        return facts;
    }
}
