package dev.palimpsest.query.plan;

import dev.palimpsest.model.Profile;
import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.query.index.lucene.NodeSet;
import dev.palimpsest.query.index.lucene.ScannedRow;
import dev.palimpsest.space.GeoPoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

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
        if (!entities.isEmpty()) {
            view.text()
                    .scan(
                            view.space(),
                            places.about(entities),
                            Set.of(ScannedRow.Column.PLACE),
                            row ->
                                    row.place()
                                            .ifPresent(place ->
                                                    distances.merge(
                                                            row.node(),
                                                            place.kilometresTo(point),
                                                            Math::min)));
        }
        return distances;
    }
}
