package dev.palimpsest.relational.commit;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the committer remembers of the names it met lately, so that it need not look them up again.
/// Holds nothing that is not committed.
final class Remembered {

    final Map<SpaceId, SpaceRow> spaces = new HashMap<>();
    final Map<Integer, Long> lastRecorded = new HashMap<>();
    final Map<InSpace<EntityId>, Long> nodes = lately();
    final Map<InSpace<SourceId>, SourceRow> sources = lately();
    final Map<InSpace<PredicateName>, PredicateRow> predicates = lately();

    /// Names of predicates that were looked for and not found.
    final Set<InSpace<PredicateName>> noPredicates = new HashSet<>();

    /// Whether anything is forgotten; empty if not known.
    Optional<Boolean> anyForgotten = Optional.empty();

    /// Takes over what a batch found or made; call it when the batch is committed.
    void takeOver(WorkingState state) {
        spaces.putAll(state.spaces);
        state.lastRecorded.forEach(lastRecorded::put);
        state.nodes.forEach(nodes::put);
        state.sources.forEach(sources::put);
        state.predicates.forEach((name, row) -> {
            predicates.put(name, row);
            noPredicates.remove(name);
        });
    }

    /// Of these names, those that may be names of predicates.
    List<InSpace<PredicateName>> possible(Collection<InSpace<PredicateName>> names) {
        return names.stream().filter(name -> !noPredicates.contains(name)).toList();
    }

    /// Says that predicates of these names were not found.
    void notFound(Collection<InSpace<PredicateName>> names) {
        if (noPredicates.size() + names.size() > Limits.MOST_REMEMBERED) {
            noPredicates.clear();
        }
        noPredicates.addAll(names);
    }

    void forgetAll() {
        anyForgotten = Optional.empty();
        spaces.clear();
        lastRecorded.clear();
        nodes.clear();
        sources.clear();
        predicates.clear();
        noPredicates.clear();
    }

    private static <K, V> Map<K, V> lately() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > Limits.MOST_REMEMBERED;
            }
        };
    }
}
