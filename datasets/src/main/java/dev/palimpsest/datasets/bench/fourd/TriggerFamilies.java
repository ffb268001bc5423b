package dev.palimpsest.datasets.bench.fourd;

import dev.palimpsest.datasets.earthquakes.SeismicEvent;
import dev.palimpsest.datasets.earthquakes.TriggerLink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Which events led to which, by the trigger links alone. Every event has at most one direct cause.
final class TriggerFamilies {

    private final Map<String, List<String>> causes = new HashMap<>();
    private final Map<String, List<String>> effects = new HashMap<>();

    TriggerFamilies(List<TriggerLink> links) {
        for (var link : links) {
            add(causes, link.child(), link.parent());
            add(effects, link.parent(), link.child());
        }
    }

    private static void add(
            Map<String, List<String>> neighbours, SeismicEvent from, SeismicEvent to) {
        neighbours.computeIfAbsent(from.id(), _ -> new ArrayList<>()).add(to.id());
    }

    /// What led to it over at most so many links, the nearest first.
    Set<String> causesOf(String event, int hops) {
        return reached(event, hops, id -> causes.getOrDefault(id, List.of()));
    }

    /// What it led to over at most so many links, the nearest first.
    Set<String> effectsOf(String event, int hops) {
        return reached(event, hops, id -> effects.getOrDefault(id, List.of()));
    }

    private static Set<String> reached(
            String start, int hops, Function<String, List<String>> next) {
        var reached = new LinkedHashSet<String>();
        var edge = List.of(start);
        for (int hop = 0; hop < hops; hop++) {
            edge = edge.stream().map(next).flatMap(List::stream).filter(reached::add).toList();
        }
        return reached;
    }
}
