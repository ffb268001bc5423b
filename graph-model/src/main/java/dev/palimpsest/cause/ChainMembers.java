package dev.palimpsest.cause;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The nodes and links that lie on chains, each with the strength of the best chain it is on.
///
/// An end that was asked from is not counted, unless both were: then chains run from one to the
/// other, and both belong to them.
public final class ChainMembers {

    /// The most members that are searched one by one, because the walks' own chains go in a circle.
    public static final int MOST_SEARCHED = 2_000;

    private final ChainFinder finder;
    private final List<Member> nodes = new ArrayList<>();
    private final List<Member> links = new ArrayList<>();
    private int searched;
    private boolean truncated;

    private ChainMembers(ChainFinder finder) {
        this.finder = finder;
        this.truncated = finder.truncated();
    }

    /// A node or link on a chain.
    ///
    /// @param hops how many links the chain has
    public record Member(int number, double strength, int hops) {}

    /// @param withLinks whether links are wanted, too
    public static ChainMembers of(ChainFinder finder, boolean withLinks) {
        var members = new ChainMembers(finder);
        if (finder.fromCause().isPresent() && finder.fromEffect().isPresent()) {
            members.between(finder.fromCause().get(), finder.fromEffect().get(), withLinks);
        } else {
            members.beyond(finder.fromCause().or(finder::fromEffect).orElseThrow(), withLinks);
        }
        return members;
    }

    public List<Member> nodes() {
        return List.copyOf(nodes);
    }

    public List<Member> links() {
        return List.copyOf(links);
    }

    /// Whether a limit was met, so that more may lie on chains.
    public boolean truncated() {
        return truncated;
    }

    private void beyond(CausalReach reach, boolean withLinks) {
        for (int node : reach.nodes()) {
            if (node != reach.start()) {
                int best = reach.best(node);
                nodes.add(new Member(node, reach.strength(best), reach.hop(best)));
            }
            if (withLinks) {
                reach.links().from(node, (link, next) -> beyond(reach, node, link, next));
            }
        }
    }

    /// A link from a node that was reached to another.
    private void beyond(CausalReach reach, int node, int link, int next) {
        if (next == reach.start()) {
            return;
        }
        long begins = reach.links().begins(next);
        int best = CausalReach.NONE;
        for (int one = reach.first(node); one != CausalReach.NONE; one = reach.next(one)) {
            if (reach.hop(one) < finder.hops()
                    && (begins == CausalLinks.UNKNOWN || reach.clock(one) <= begins)
                    && (best == CausalReach.NONE || reach.strength(one) > reach.strength(best))) {
                best = one;
            }
        }
        if (best == CausalReach.NONE) {
            return;
        }
        if (!reach.passes(best, next)) {
            double strength = reach.strength(best) * reach.links().strength(link);
            links.add(new Member(link, strength, reach.hop(best) + 1));
        } else if (finder.fromCause().isPresent()) {
            searched(link, () -> ChainSearch.over(finder, link, node, next, 1), links);
        } else {
            searched(link, () -> ChainSearch.over(finder, link, next, node, 1), links);
        }
    }

    private void between(CausalReach from, CausalReach to, boolean withLinks) {
        for (int node : from.nodes()) {
            if (to.reaches(node)) {
                var best = best(from, to, node, node, 0);
                if (best.isSimple(from, to)) {
                    nodes.add(new Member(node, best.strength, best.hops));
                } else if (best.exists()) {
                    searched(node, () -> ChainSearch.through(finder, node, 1), nodes);
                }
            }
            if (withLinks) {
                from.links().from(node, (link, next) -> between(from, to, node, link, next));
            }
        }
    }

    private void between(CausalReach from, CausalReach to, int node, int link, int next) {
        if (node == next || !to.reaches(next)) {
            return;
        }
        var best = best(from, to, node, next, 1);
        if (best.isSimple(from, to)) {
            double strength = best.strength * from.links().strength(link);
            links.add(new Member(link, strength, best.hops));
        } else if (best.exists()) {
            searched(link, () -> ChainSearch.over(finder, link, node, next, 1), links);
        }
    }

    /// Two arrivals that make a chain together.
    private record Pair(int first, int second, double strength, int hops) {

        static final Pair NONE = new Pair(CausalReach.NONE, CausalReach.NONE, -1, 0);

        boolean exists() {
            return first != CausalReach.NONE;
        }

        boolean isSimple(CausalReach from, CausalReach to) {
            return exists()
                    && !from.meets(first, to, second)
                    && (from.node(first) == to.node(second)
                            || !to.passes(second, from.node(first)));
        }
    }

    private Pair best(CausalReach from, CausalReach to, int node, int next, int over) {
        var best = Pair.NONE;
        for (int one = from.first(node); one != CausalReach.NONE; one = from.next(one)) {
            for (int two = to.first(next); two != CausalReach.NONE; two = to.next(two)) {
                int length = from.hop(one) + over + to.hop(two);
                double product = from.strength(one) * to.strength(two);
                boolean better =
                        product > best.strength || (product == best.strength && length < best.hops);
                if (better
                        && length <= finder.hops()
                        && ChainFinder.fits(from.clock(one), to.clock(two))) {
                    best = new Pair(one, two, product, length);
                }
            }
        }
        return best;
    }

    private void searched(int number, Supplier<ChainSearch.Found> search, List<Member> into) {
        if (searched >= MOST_SEARCHED) {
            truncated = true;
            return;
        }
        searched++;
        var found = search.get();
        truncated |= found.truncated();
        for (var chain : found.chains()) {
            into.add(new Member(number, chain.strength(), chain.links().size()));
        }
    }
}
