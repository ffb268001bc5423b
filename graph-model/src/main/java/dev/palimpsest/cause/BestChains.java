package dev.palimpsest.cause;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The strongest chain of causal links from one node to every node within reach.
///
/// A chain is as strong as the product of its links. Of equally strong chains the shorter one is
/// best, then the one whose last link comes first. No chain visits a node twice: a circle never
/// makes a chain stronger. A link of strength 0 is followed like any other, so what it leads to is
/// reached, at strength 0.
public final class BestChains {

    /// The most nodes a walk reaches.
    public static final int MOST_REACHED = 10_000;

    /// The most links a walk looks at.
    public static final int MOST_LINKS = 500_000;

    private final CausalLinks links;
    private final Map<Integer, Arrival> best = new HashMap<>();
    private int looked;
    private boolean truncated;

    private BestChains(CausalLinks links) {
        this.links = links;
    }

    /// What a walk reached, in no particular order, without its start.
    ///
    /// @param truncated whether a limit was met, so that more may be within reach
    /// @param looked how many links were looked at
    public record Reached(List<Chain> chains, boolean truncated, int looked) {
        public Reached {
            chains = List.copyOf(chains);
        }
    }

    /// The best chain to `node`.
    ///
    /// @param links from the start of the walk on
    public record Chain(int node, double strength, List<Integer> links) {
        public Chain {
            links = List.copyOf(links);
        }
    }

    /// Walks from `start` over at most `hops` links.
    public static Reached search(CausalLinks links, int start, int hops) {
        return new BestChains(links).search(start, hops);
    }

    private Reached search(int start, int hops) {
        Collection<Arrival> frontier = List.of(Arrival.start(start));
        best.put(start, Arrival.start(start));
        for (int hop = 0; hop < hops && !frontier.isEmpty(); hop++) {
            frontier = beyond(frontier);
        }
        best.remove(start);
        var chains = best.values().stream().map(Arrival::chain).toList();
        return new Reached(chains, truncated, looked);
    }

    /// The nodes to which one link more gives a stronger chain than any shorter one.
    private Collection<Arrival> beyond(Collection<Arrival> frontier) {
        Map<Integer, Arrival> improved = new HashMap<>();
        for (var arrival : frontier) {
            if (looked >= MOST_LINKS) {
                truncated = true;
                break;
            }
            links.from(
                    arrival.node,
                    (link, next, strength) -> {
                        looked++;
                        var further = arrival.by(link, next, strength);
                        var known = best.get(next);
                        if (known == null || further.strength > known.strength) {
                            improved.merge(next, further, this::better);
                        }
                    });
        }
        for (var arrival : improved.values()) {
            if (best.size() <= MOST_REACHED || best.containsKey(arrival.node)) {
                best.put(arrival.node, arrival);
            } else {
                truncated = true;
            }
        }
        return improved.values();
    }

    private Arrival better(Arrival one, Arrival other) {
        if (one.strength != other.strength) {
            return one.strength > other.strength ? one : other;
        }
        return links.compare(one.link, other.link) <= 0 ? one : other;
    }

    /// The end of a chain, and by `before` the chain itself.
    private static final class Arrival {
        private final int node;
        private final double strength;
        private final int link;
        private final Arrival before;

        private Arrival(int node) {
            this.node = node;
            this.strength = 1;
            this.link = -1;
            this.before = this;
        }

        private Arrival(int node, double strength, int link, Arrival before) {
            this.node = node;
            this.strength = strength;
            this.link = link;
            this.before = before;
        }

        static Arrival start(int node) {
            return new Arrival(node);
        }

        Arrival by(int nextLink, int next, double linkStrength) {
            return new Arrival(next, strength * linkStrength, nextLink, this);
        }

        Chain chain() {
            var passed = new ArrayDeque<Integer>();
            for (var at = this; at.link >= 0; at = at.before) {
                passed.addFirst(at.link);
            }
            return new Chain(node, strength, new ArrayList<>(passed));
        }
    }
}
