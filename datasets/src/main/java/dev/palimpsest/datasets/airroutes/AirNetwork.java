package dev.palimpsest.datasets.airroutes;

import dev.palimpsest.datasets.airroutes.AirRoutes.Airport;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.space.Region;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Answers what is asked of airports by looking at all of them.
public final class AirNetwork {

    private final List<Airport> airports;
    private final Map<Airport, Set<Airport>> next = new HashMap<>();

    public AirNetwork(AirRoutes routes) {
        this.airports = routes.airports();
        for (var route : routes.routes()) {
            next.computeIfAbsent(route.from(), _ -> new HashSet<>()).add(route.to());
            next.computeIfAbsent(route.to(), _ -> new HashSet<>()).add(route.from());
        }
    }

    /// Those at most so many routes away, whichever way these lead; without the start.
    public Set<Airport> within(Airport start, int hops) {
        var reached = new LinkedHashSet<>(Set.of(start));
        var frontier = Set.of(start);
        for (int hop = 0; hop < hops; hop++) {
            var further = new HashSet<Airport>();
            for (var airport : frontier) {
                for (var other : next.getOrDefault(airport, Set.of())) {
                    if (reached.add(other)) {
                        further.add(other);
                    }
                }
            }
            frontier = further;
        }
        reached.remove(start);
        return reached;
    }

    public Set<Airport> within(Region region) {
        var inside = new LinkedHashSet<Airport>();
        for (var airport : airports) {
            if (region.contains(airport.place())) {
                inside.add(airport);
            }
        }
        return inside;
    }

    /// The nearest, nearest first.
    public List<Airport> nearest(GeoPoint point, int count) {
        return airports.stream()
                .sorted(Comparator.comparingDouble(airport -> airport.place().kilometresTo(point)))
                .limit(count)
                .toList();
    }
}
