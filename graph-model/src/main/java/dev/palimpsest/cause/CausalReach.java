package dev.palimpsest.cause;

import java.util.Arrays;

/// What a walk along causal links reaches, and the best chains by which it does.
///
/// A chain is as strong as the product of its links. Of equally strong chains the shorter one is
/// best, then the one whose last link comes first. A link of strength 0 is followed like any other,
/// so what it leads to is reached, at strength 0.
///
/// The walk keeps every *arrival* at a node that no other beats in strength, in length and in how
/// early it leaves the clock: a weaker or longer chain may be the only one that can be gone on
/// from. What goes in a circle is always beaten by its own beginning, so no arrival visits a node
/// twice.
public final class CausalReach {

    /// The most nodes a walk reaches.
    public static final int MOST_REACHED = 10_000;

    /// The most links a walk looks at, give or take one node's.
    public static final int MOST_LOOKED = 500_000;

    /// The most arrivals a walk keeps.
    public static final int MOST_ARRIVALS = 100_000;

    /// No arrival.
    static final int NONE = -1;

    private static final int BEATEN = -2;
    private static final int FIRST = 64;

    private final CausalLinks links;
    private final NodeMarks newest = new NodeMarks();

    // By arrival, hop by hop.
    private int[] node = new int[FIRST];
    private int[] link = new int[FIRST];
    private int[] before = new int[FIRST];
    private int[] hop = new int[FIRST];
    private int[] older = new int[FIRST];
    private double[] strength = new double[FIRST];
    private long[] clock = new long[FIRST];
    private int size;

    private int from;
    private int looked;
    private boolean truncated;

    private CausalReach(CausalLinks links) {
        this.links = links;
    }

    /// Walks from `start` over at most `hops` links.
    public static CausalReach from(CausalLinks links, int start, int hops) {
        var reach = new CausalReach(links);
        reach.add(start, NONE, NONE, 0, 1, links.begins(start));
        reach.walk(hops);
        return reach;
    }

    private void walk(int hops) {
        CausalLinks.Visitor visitor = this::visit;
        int layer = 0;
        for (int far = 1; far <= hops && layer < size; far++) {
            int end = size;
            for (int arrival = layer; arrival < end; arrival++) {
                if (looked >= MOST_LOOKED) {
                    truncated = true;
                    return;
                }
                if (link[arrival] != BEATEN) {
                    from = arrival;
                    looked += links.from(node[arrival], visitor);
                }
            }
            layer = end;
        }
    }

    private void visit(int by, int next) {
        long begins = links.begins(next);
        if (begins != CausalLinks.UNKNOWN && clock[from] > begins) {
            return;
        }
        long arrives = begins == CausalLinks.UNKNOWN ? clock[from] : begins;
        double product = strength[from] * links.strength(by);
        int far = hop[from] + 1;
        int known = newest.get(next);
        for (int one = known; one != NONE; one = older[one]) {
            if (link[one] != BEATEN && strength[one] >= product && clock[one] <= arrives) {
                boolean equal =
                        hop[one] == far && strength[one] == product && clock[one] == arrives;
                if (equal && links.compare(by, link[one]) < 0) {
                    link[one] = by;
                    before[one] = from;
                }
                return;
            }
        }
        if (size >= MOST_ARRIVALS || (known == NONE && newest.size() > MOST_REACHED)) {
            truncated = true;
            return;
        }
        for (int one = known; one != NONE; one = older[one]) {
            if (hop[one] == far && product >= strength[one] && arrives <= clock[one]) {
                link[one] = BEATEN;
            }
        }
        add(next, by, from, far, product, arrives);
    }

    private void add(int next, int by, int after, int far, double product, long arrives) {
        if (size == node.length) {
            grow();
        }
        node[size] = next;
        link[size] = by;
        before[size] = after;
        hop[size] = far;
        strength[size] = product;
        clock[size] = arrives;
        older[size] = newest.get(next);
        newest.put(next, size);
        size++;
    }

    private void grow() {
        int length = size * 2;
        node = Arrays.copyOf(node, length);
        link = Arrays.copyOf(link, length);
        before = Arrays.copyOf(before, length);
        hop = Arrays.copyOf(hop, length);
        older = Arrays.copyOf(older, length);
        strength = Arrays.copyOf(strength, length);
        clock = Arrays.copyOf(clock, length);
    }

    /// The links that were walked.
    public CausalLinks links() {
        return links;
    }

    /// Whether a limit was met, so that more may be within reach.
    public boolean truncated() {
        return truncated;
    }

    /// How many links and other things were looked at.
    public int looked() {
        return looked;
    }

    /// Where the walk started.
    public int start() {
        return node[0];
    }

    public boolean reaches(int wanted) {
        return newest.contains(wanted);
    }

    /// The nodes reached, the start first, each once.
    public int[] nodes() {
        var nodes = new int[newest.size()];
        int count = 0;
        for (int arrival = 0; arrival < size; arrival++) {
            if (isFirst(arrival)) {
                nodes[count++] = node[arrival];
            }
        }
        return nodes;
    }

    private boolean isFirst(int arrival) {
        return older[arrival] == NONE;
    }

    /// The strongest arrival at a node that was reached.
    int best(int reached) {
        int best = NONE;
        for (int one = newest.get(reached); one != NONE; one = older[one]) {
            if (link[one] != BEATEN && (best == NONE || isBetter(one, best))) {
                best = one;
            }
        }
        return best;
    }

    private boolean isBetter(int one, int other) {
        if (strength[one] != strength[other]) {
            return strength[one] > strength[other];
        }
        if (hop[one] != hop[other]) {
            return hop[one] < hop[other];
        }
        return links.compare(link[one], link[other]) < 0;
    }

    /// The first of the arrivals at `reached`, or [#NONE]; [#next] gives the others.
    int first(int reached) {
        return standing(newest.get(reached));
    }

    int next(int arrival) {
        return standing(older[arrival]);
    }

    private int standing(int arrival) {
        int one = arrival;
        while (one != NONE && link[one] == BEATEN) {
            one = older[one];
        }
        return one;
    }

    int node(int arrival) {
        return node[arrival];
    }

    /// The product of the links of its chain.
    double strength(int arrival) {
        return strength[arrival];
    }

    /// How many links its chain has.
    int hop(int arrival) {
        return hop[arrival];
    }

    /// The last moment known on its chain, on the clock of the walk, or [CausalLinks#UNKNOWN].
    long clock(int arrival) {
        return clock[arrival];
    }

    /// Whether its chain passes `wanted`, both ends looked at.
    boolean passes(int arrival, int wanted) {
        for (int one = arrival; one != NONE; one = before[one]) {
            if (node[one] == wanted) {
                return true;
            }
        }
        return false;
    }

    /// Whether its chain and one of another walk share a node, except their last ones.
    boolean meets(int arrival, CausalReach other, int otherArrival) {
        for (int one = before[arrival]; one != NONE; one = before[one]) {
            if (other.passes(otherArrival, node[one])) {
                return true;
            }
        }
        return false;
    }
}
