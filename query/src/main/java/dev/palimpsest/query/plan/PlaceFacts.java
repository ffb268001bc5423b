package dev.palimpsest.query.plan;

import dev.palimpsest.model.Profile;
import dev.palimpsest.query.index.adjacency.Holding;
import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.query.index.lucene.LuceneTextIndex;
import dev.palimpsest.query.index.lucene.Match;
import dev.palimpsest.query.index.lucene.NodeSet;
import dev.palimpsest.query.index.lucene.Order;
import dev.palimpsest.query.index.lucene.Selection;
import dev.palimpsest.question.Kind;
import dev.palimpsest.space.GeoPoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where entities are at the time a question is about: by the facts that say so, not by their
/// profiles, which say where they were last.
public final class PlaceFacts {

    private final View view;
    private final Filter places;
    private final Optional<Filter> placesOfEvents;
    private final Selection found;
    private final Optional<Selection> foundOfEvents;

    public PlaceFacts(View view) {
        var all =
                Filter.all(
                        new Filter.Kinds(Set.of(Kind.FACT)),
                        new Filter.Words(Filter.Word.PREDICATE, Set.of(Profile.PLACE.value())));
        this.view = view;
        this.places = Filter.all(all, holding(view.time()));
        this.placesOfEvents =
                view.time().ofOtherFacts() instanceof Holding.Usually
                        ? Optional.of(
                                Filter.all(
                                        all,
                                        new Filter.Not(holding(view.time())),
                                        new Filter.Nodes(Filter.Role.SELF, view.perhapsEvents())))
                        : Optional.empty();
        this.found = view.selection(places);
        this.foundOfEvents = placesOfEvents.map(view::selection);
    }

    /// The facts themselves.
    public Filter facts() {
        return placesOfEvents
                .map(some ->
                        Filter.any(
                                places,
                                Filter.all(
                                        some, new Filter.Nodes(Filter.Role.SELF, view.events()))))
                .orElse(places);
    }

    /// The entities that are where `where` says.
    NodeSet entities(Filter where) {
        var there = view.nodes(found.and(where), Filter.Role.SELF);
        if (foundOfEvents.isEmpty()) {
            return there;
        }
        var perhaps = view.nodes(foundOfEvents.get().and(where), Filter.Role.SELF);
        return there.or(NodeSet.of(perhaps.stream().filter(view::isEvent).toArray()));
    }

    /// How far each of these entities is from a point, in kilometres, by the nearest of its places;
    /// those without one are left out.
    public Map<Long, Double> distances(NodeSet entities, GeoPoint point) {
        Map<Long, Double> distances = new HashMap<>();
        if (entities.isEmpty()) {
            return distances;
        }
        var among = new Filter.Nodes(Filter.Role.SELF, entities);
        addNearest(found.and(among), point, distances);
        if (foundOfEvents.isPresent()) {
            Map<Long, Double> perhaps = new HashMap<>();
            addNearest(foundOfEvents.get().and(among), point, perhaps);
            perhaps.keySet().removeIf(node -> !view.isEvent(node));
            perhaps.forEach((node, distance) -> distances.merge(node, distance, Math::min));
        }
        return distances;
    }

    private void addNearest(Selection which, GeoPoint point, Map<Long, Double> distances) {
        var nearest =
                view.text()
                        .list(
                                view.space(),
                                which,
                                new Order.Nearest(point),
                                LuceneTextIndex.MOST_MATCHES);
        for (Match place : nearest) {
            distances.merge(place.node(), -place.score(), Math::min);
        }
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
