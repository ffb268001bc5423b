package dev.palimpsest.query.plan;

import dev.palimpsest.model.PredicateName;
import dev.palimpsest.query.index.adjacency.Holding;
import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.query.index.lucene.NodeSet;
import dev.palimpsest.query.index.lucene.Selection;
import dev.palimpsest.question.Kind;
import java.util.Optional;
import java.util.Set;

/// The facts of one predicate that tell how entities are at the time a question is about: those
/// that hold then. Where it leaves the time of facts to the default, they are those that hold now,
/// and of events all, whenever they hold.
final class EntityFacts {

    private final View view;
    private final Filter all;
    private final Filter holding;
    private final Optional<Filter> ofEvents;
    private final Selection found;
    private final Optional<Selection> foundOfEvents;

    EntityFacts(View view, PredicateName predicate) {
        this.view = view;
        this.all =
                Filter.all(
                        new Filter.Kinds(Set.of(Kind.FACT)),
                        new Filter.Words(Filter.Word.PREDICATE, Set.of(predicate.value())));
        this.holding = holding(view.time());
        this.ofEvents =
                view.time().ofOtherFacts() instanceof Holding.Usually
                        ? Optional.of(
                                Filter.all(
                                        all,
                                        new Filter.Not(holding),
                                        new Filter.Nodes(Filter.Role.SELF, view.perhapsEvents())))
                        : Optional.empty();
        this.found = view.selection(Filter.all(all, holding));
        this.foundOfEvents = ofEvents.map(view::selection);
    }

    /// The facts themselves.
    Filter facts() {
        var these = Filter.all(all, holding);
        return ofEvents.map(some ->
                        Filter.any(
                                these,
                                Filter.all(
                                        some, new Filter.Nodes(Filter.Role.SELF, view.events()))))
                .orElse(these);
    }

    /// Those of them that are about some of these entities, found by the entities.
    Selection about(NodeSet entities) {
        var among = new Filter.Nodes(Filter.Role.SELF, entities);
        if (ofEvents.isEmpty()) {
            return view.selection(Filter.all(among, all, holding));
        }
        var events = NodeSet.of(entities.stream().filter(view::isEvent).toArray());
        return view.selection(
                Filter.all(
                        among,
                        all,
                        Filter.any(holding, new Filter.Nodes(Filter.Role.SELF, events))));
    }

    /// The entities of which such a fact passes.
    NodeSet entities(Filter which) {
        var there = view.nodes(found.and(which), Filter.Role.SELF);
        if (foundOfEvents.isEmpty()) {
            return there;
        }
        var perhaps = view.nodes(foundOfEvents.get().and(which), Filter.Role.SELF);
        return there.or(NodeSet.of(perhaps.stream().filter(view::isEvent).toArray()));
    }

    private static Filter holding(ValidTime time) {
        if (time.at().isPresent()) {
            return new Filter.HoldsAt(time.at().get().moment(), time.at().get().possibly());
        }
        return time.stretch()
                .<Filter>map(asked -> new Filter.HoldsDuring(asked.interval(), asked.possibly()))
                .orElseGet(() -> new Filter.HoldsAt(time.reference(), false));
    }
}
