package dev.palimpsest.cause;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// The links between a cause and an effect, each of which is open or not, whatever the others are.
/// The effect happens if every link of some chain is open.
///
/// That is the noisy-or of causes over all chains at once: what several chains share is counted
/// once. Links of different mechanisms between the same two nodes are joined into one.
final class LinkNetwork {

    /// The source of every network.
    static final int SOURCE = 0;

    private final long[] begins;
    private final int hops;
    private final int target;

    // By link, ordered by the node they start from.
    private final int[] from;
    private final int[] to;
    private final double[] chance;
    private final long[] seed;
    private final int[] firstLink;

    // What the last search found.
    private final long[] clock;
    private final int[] by;
    private final int[] seenIn;
    private int searches;

    /// A link before links between the same two nodes are joined.
    record Draft(int from, int to, int mechanism, double chance, long seed) {}

    /// A link that is open with a chance.
    private record Joined(int from, int to, double chance, long seed) {}

    /// Says which links are open.
    interface Open {
        boolean test(int link);
    }

    /// @param begins when each node began, node [#SOURCE] first
    /// @param hops how many links a chain has at most
    LinkNetwork(long[] begins, int target, int hops, List<Draft> drafts) {
        this.begins = begins.clone();
        this.target = target;
        this.hops = hops;
        var links = joined(drafts);
        int count = links.size();
        from = new int[count];
        to = new int[count];
        chance = new double[count];
        seed = new long[count];
        firstLink = new int[begins.length + 1];
        for (int link = 0; link < count; link++) {
            from[link] = links.get(link).from;
            to[link] = links.get(link).to;
            chance[link] = links.get(link).chance;
            seed[link] = links.get(link).seed;
            firstLink[from[link] + 1]++;
        }
        for (int node = 0; node < begins.length; node++) {
            firstLink[node + 1] += firstLink[node];
        }
        clock = new long[begins.length];
        by = new int[begins.length];
        seenIn = new int[begins.length];
    }

    /// Of versions of one mechanism the likeliest counts; different ones work side by side.
    private static List<Joined> joined(List<Draft> drafts) {
        record Pair(int from, int to) {}
        var order = Comparator.comparingInt(Pair::from).thenComparingInt(Pair::to);
        var pairs = new TreeMap<Pair, TreeMap<Integer, Draft>>(order);
        for (var draft : drafts) {
            pairs.computeIfAbsent(new Pair(draft.from, draft.to), _ -> new TreeMap<>())
                    .merge(
                            draft.mechanism,
                            draft,
                            (one, other) -> one.chance >= other.chance ? one : other);
        }
        List<Joined> links = new ArrayList<>();
        pairs.forEach((pair, mechanisms) -> {
            double fails = 1;
            long seed = 0;
            for (var draft : mechanisms.values()) {
                fails *= 1 - draft.chance;
                seed = seed == 0 ? draft.seed : Math.min(seed, draft.seed);
            }
            if (fails < 1) {
                links.add(new Joined(pair.from, pair.to, 1 - fails, seed));
            }
        });
        return links;
    }

    int nodes() {
        return begins.length;
    }

    int links() {
        return from.length;
    }

    int hops() {
        return hops;
    }

    int target() {
        return target;
    }

    int from(int link) {
        return from[link];
    }

    int to(int link) {
        return to[link];
    }

    double chance(int link) {
        return chance[link];
    }

    long seed(int link) {
        return seed[link];
    }

    /// When a node began, or [CausalLinks#UNKNOWN].
    long begins(int node) {
        return begins[node];
    }

    /// Whether a chain of open links leads to the target. Afterwards [#by] tells the way.
    boolean leads(Open open) {
        searches++;
        var frontier = new int[] {SOURCE};
        var since = new long[] {begins[SOURCE]};
        int size = 1;
        seenIn[SOURCE] = searches;
        clock[SOURCE] = begins[SOURCE];
        for (int hop = 0; hop < hops && size > 0; hop++) {
            var next = new int[4];
            var nextSince = new long[4];
            int count = 0;
            for (int i = 0; i < size; i++) {
                int node = frontier[i];
                long from = since[i];
                for (int link = firstLink[node]; link < firstLink[node + 1]; link++) {
                    if (isEarlierBy(link, from) && open.test(link)) {
                        int end = to[link];
                        by[end] = link;
                        seenIn[end] = searches;
                        clock[end] = arrives(link, from);
                        if (end == target) {
                            return true;
                        }
                        if (count == next.length) {
                            next = Arrays.copyOf(next, count * 2);
                            nextSince = Arrays.copyOf(nextSince, count * 2);
                        }
                        next[count] = end;
                        nextSince[count++] = clock[end];
                    }
                }
            }
            frontier = next;
            since = nextSince;
            size = count;
        }
        return false;
    }

    /// Whether a link leads on in time, to a node not yet seen, or seen only later.
    ///
    /// @param since when the chain came to where the link starts: with as many links as it has, for
    ///   a longer one may have come there earlier meanwhile
    private boolean isEarlierBy(int link, long since) {
        int end = to[link];
        long begin = begins[end];
        return end != SOURCE
                && (begin == CausalLinks.UNKNOWN || since <= begin)
                && (seenIn[end] != searches || arrives(link, since) < clock[end]);
    }

    private long arrives(int link, long since) {
        return begins[to[link]] == CausalLinks.UNKNOWN ? since : begins[to[link]];
    }

    /// The link by which the last search came to a node it saw.
    int by(int node) {
        return by[node];
    }
}
