package dev.palimpsest.query.plan;

import dev.palimpsest.model.Profile;
import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.query.index.lucene.LuceneTextIndex;
import dev.palimpsest.query.index.lucene.Match;
import dev.palimpsest.query.index.lucene.NodeSet;
import dev.palimpsest.query.index.lucene.Order;
import dev.palimpsest.query.index.lucene.Selection;
import dev.palimpsest.space.GeoPoint;
import java.util.HashMap;
import java.util.Map;

/// Where entities are at the time a question is about: by the facts that say so, not by their
/// profiles, which say where they were last.
public final class PlaceFacts {

    private final View view;
    private final EntityFacts places;

    public PlaceFacts(View view) {
        this.view = view;
        this.places = new EntityFacts(view, Profile.PLACE);
    }

    /// The facts themselves.
    public Filter facts() {
        return places.facts();
    }

    /// The entities that are where `where` says.
    NodeSet entities(Filter where) {
        return places.entities(where);
    }

    /// How far each of these entities is from a point, in kilometres, by the nearest of its places;
    /// those without one are left out.
    public Map<Long, Double> distances(NodeSet entities, GeoPoint point) {
        Map<Long, Double> distances = new HashMap<>();
        if (entities.isEmpty()) {
            return distances;
        }
        var among = new Filter.Nodes(Filter.Role.SELF, entities);
        addNearest(places.found().and(among), point, distances);
        var ofEvents = places.foundOfEvents();
        if (ofEvents.isPresent()) {
            Map<Long, Double> perhaps = new HashMap<>();
            addNearest(ofEvents.get().and(among), point, perhaps);
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
}
