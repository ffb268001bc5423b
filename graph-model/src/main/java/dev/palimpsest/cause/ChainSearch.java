package dev.palimpsest.cause;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// The best chains through one node or one link, the best first.
///
/// Parts of chains grow from there, first back to the cause, then on to the effect, always the one
/// that promises most: the strength it has times that of the best rest the walks found for it. What
/// is really left to it is never better, so the first chain that is whole is the best.
public final class ChainSearch {

    /// The most parts of chains one search tries.
    public static final int MOST_TRIED = 10_000;

    private final ChainFinder finder;
    private final int start;
    private final int end;
    private final PriorityQueue<Part> open = new PriorityQueue<>(this::compare);
    private int tried;

    /// What was found.
    ///
    /// @param truncated whether a limit was met before all were found
    public record Found(List<Chain> chains, boolean truncated) {
        public Found {
            chains = List.copyOf(chains);
        }
    }

    /// A chain in the making.
    private static final class Part {
        private final int[] nodes;

        /// In the order they were added.
        private final int[] links;

        /// How many of them lead back from where the search started.
        private final int back;

        /// Whether it has not come to the cause yet.
        private final boolean growsBack;

        /// Where it grows from.
        private final int at;

        private final double strength;

        /// The last moment known, on the clock of the way it grows.
        private final long clock;

        /// The last moment known of what is before the part that grows on.
        private final long last;

        private double promise;

        /// How many links it will have at least.
        private int least;

        Part(
                int[] nodes,
                int[] links,
                int back,
                boolean growsBack,
                int at,
                double strength,
                long clock,
                long last) {
            this.nodes = nodes;
            this.links = links;
            this.back = back;
            this.growsBack = growsBack;
            this.at = at;
            this.strength = strength;
            this.clock = clock;
            this.last = last;
        }

        boolean passes(int node) {
            for (int one : nodes) {
                if (one == node) {
                    return true;
                }
            }
            return false;
        }
    }

    private ChainSearch(ChainFinder finder, int start, int end) {
        this.finder = finder;
        this.start = start;
        this.end = end;
    }

    /// The `most` best chains that pass `node`.
    public static Found through(ChainFinder finder, int node, int most) {
        var search = new ChainSearch(finder, node, node);
        search.begin(new int[] {node}, new int[0], 1, finder.forward().begins(node));
        return search.best(most);
    }

    /// The `most` best chains over `link`.
    public static Found over(ChainFinder finder, int link, int cause, int effect, int most) {
        var search = new ChainSearch(finder, cause, effect);
        var links = finder.forward();
        long before = links.begins(cause);
        long after = links.begins(effect);
        if (cause != effect && (after == CausalLinks.UNKNOWN || before <= after)) {
            search.begin(
                    new int[] {cause, effect},
                    new int[] {link},
                    links.strength(link),
                    after == CausalLinks.UNKNOWN ? before : after);
        }
        return search.best(most);
    }

    private void begin(int[] nodes, int[] links, double strength, long last) {
        boolean back = finder.fromCause().isPresent();
        long starts = finder.backward().begins(start);
        long clock =
                !back
                        ? last
                        : starts == CausalLinks.UNKNOWN ? finder.backward().begins(end) : starts;
        offer(new Part(nodes, links, 0, back, back ? start : end, strength, clock, last));
    }

    private Found best(int most) {
        List<Chain> chains = new ArrayList<>();
        while (!open.isEmpty() && chains.size() < most) {
            if (++tried > MOST_TRIED) {
                return new Found(chains, true);
            }
            var part = open.remove();
            if (part.growsBack && part.at == finder.fromCause().orElseThrow().start()) {
                if (finder.fromEffect().isPresent()) {
                    turn(part);
                } else {
                    chains.add(chain(part));
                }
            } else if (!part.growsBack && part.at == finder.fromEffect().orElseThrow().start()) {
                chains.add(chain(part));
            } else {
                grow(part);
            }
        }
        return new Found(chains, false);
    }

    private void turn(Part part) {
        offer(
                new Part(
                        part.nodes,
                        part.links,
                        part.back,
                        false,
                        end,
                        part.strength,
                        part.last,
                        part.last));
    }

    private void grow(Part part) {
        var links = part.growsBack ? finder.backward() : finder.forward();
        links.from(part.at, (link, next) -> grow(part, links, link, next));
    }

    private void grow(Part part, CausalLinks links, int link, int next) {
        long begins = links.begins(next);
        boolean known = begins != CausalLinks.UNKNOWN;
        var aim = aim(part);
        if (!aim.reaches(next)
                || (known && part.clock > begins)
                || (finder.isEnd(next) && next != aim.start())
                || part.passes(next)) {
            return;
        }
        boolean isLast = part.growsBack && known && part.last == CausalLinks.UNKNOWN;
        offer(
                new Part(
                        with(part.nodes, next),
                        with(part.links, link),
                        part.growsBack ? part.back + 1 : part.back,
                        part.growsBack,
                        next,
                        part.strength * links.strength(link),
                        known ? begins : part.clock,
                        isLast ? -begins : part.last));
    }

    private CausalReach aim(Part part) {
        return (part.growsBack ? finder.fromCause() : finder.fromEffect()).orElseThrow();
    }

    /// Keeps a part if something may come of it.
    private void offer(Part part) {
        var aim = aim(part);
        int left = finder.hops() - part.links.length;
        double promise = -1;
        if (left < 0 || !aim.reaches(part.at)) {
            return;
        }
        for (int one = aim.first(part.at); one != CausalReach.NONE; one = aim.next(one)) {
            if (aim.hop(one) > left || !ChainFinder.fits(part.clock, aim.clock(one))) {
                continue;
            }
            long last = part.last == CausalLinks.UNKNOWN ? aim.clock(one) : part.last;
            var rest = part.growsBack ? rest(left - aim.hop(one), last) : Rest.NOTHING;
            if (rest.strength * aim.strength(one) > promise) {
                promise = rest.strength * aim.strength(one);
                part.promise = part.strength * promise;
                part.least = part.links.length + aim.hop(one) + rest.hops;
            }
        }
        if (promise >= 0) {
            open.add(part);
        }
    }

    /// The best way on to the effect while a part still grows back.
    private record Rest(double strength, int hops) {
        static final Rest NOTHING = new Rest(1, 0);
        static final Rest IMPOSSIBLE = new Rest(-1, 0);
    }

    private Rest rest(int left, long clock) {
        if (finder.fromEffect().isEmpty()) {
            return Rest.NOTHING;
        }
        var aim = finder.fromEffect().get();
        var best = Rest.IMPOSSIBLE;
        if (aim.reaches(end)) {
            for (int one = aim.first(end); one != CausalReach.NONE; one = aim.next(one)) {
                if (aim.hop(one) <= left
                        && ChainFinder.fits(clock, aim.clock(one))
                        && aim.strength(one) > best.strength) {
                    best = new Rest(aim.strength(one), aim.hop(one));
                }
            }
        }
        return best;
    }

    private static int[] with(int[] some, int one) {
        var more = Arrays.copyOf(some, some.length + 1);
        more[some.length] = one;
        return more;
    }

    /// The more promising first, then the shorter; of two alike the one whose links come first.
    private int compare(Part one, Part other) {
        int order = Double.compare(other.promise, one.promise);
        if (order == 0) {
            order = Integer.compare(one.least, other.least);
        }
        int both = Math.min(one.links.length, other.links.length);
        for (int i = 0; order == 0 && i < both; i++) {
            order = finder.forward().compare(one.links[i], other.links[i]);
        }
        // The longer is nearer to its end.
        return order != 0
                ? order
                : Comparator.<Part>comparingInt(part -> -part.links.length)
                        .thenComparing(part -> part.growsBack)
                        .compare(one, other);
    }

    private Chain chain(Part part) {
        int seeds = start == end ? 0 : 1;
        List<Integer> links = new ArrayList<>();
        for (int i = seeds + part.back - 1; i >= seeds; i--) {
            links.add(part.links[i]);
        }
        if (seeds == 1) {
            links.add(part.links[0]);
        }
        for (int i = seeds + part.back; i < part.links.length; i++) {
            links.add(part.links[i]);
        }
        double product = 1;
        for (int link : links) {
            product *= finder.forward().strength(link);
        }
        return new Chain(product, links);
    }
}
