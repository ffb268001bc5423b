package dev.palimpsest.cause;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;

/// A network of links as a Bayesian network: every node is the noisy-or of those before it.
final class NoisyOr {

    /// The most links that are tried: choosing what to eliminate next takes long with more.
    static final int MOST_LINKS = 64;

    private NoisyOr() {}

    /// How likely the target is, given that the source was made to happen; empty where there are
    /// too many links, where they go in a circle, where some way through the network is no chain,
    /// or where it is too entangled.
    static OptionalDouble probability(LinkNetwork links) {
        if (links.links() > MOST_LINKS) {
            return OptionalDouble.empty();
        }
        int[] order = inOrder(links);
        if (order.length == 0) {
            return OptionalDouble.empty();
        }
        var variable = new int[links.nodes()];
        Arrays.fill(variable, -1);
        var network = BayesNetwork.empty();
        int count = 0;
        for (int node : order) {
            // One cause after the other: a table for all at once doubles with each.
            int so = -1;
            for (int link = 0; link < links.links(); link++) {
                if (links.to(link) == node) {
                    int cause = variable[links.from(link)];
                    double chance = links.chance(link);
                    network =
                            so < 0
                                    ? network.with(new int[] {cause}, 0, chance)
                                    : network.with(new int[] {cause, so}, 0, chance, 1, 1);
                    so = count++;
                }
            }
            if (so < 0) {
                network = network.with(new int[0], 0);
                so = count++;
            }
            variable[node] = so;
        }
        return network.set(variable[LinkNetwork.SOURCE], true)
                .probability(Map.of(variable[links.target()], true));
    }

    /// Nodes, causes before effects; empty unless every way through the network is a chain.
    private static int[] inOrder(LinkNetwork links) {
        var waiting = new int[links.nodes()];
        for (int link = 0; link < links.links(); link++) {
            waiting[links.to(link)]++;
        }
        var order = new int[links.nodes()];
        var length = new int[links.nodes()];
        var latest = new long[links.nodes()];
        int done = 0;
        int ready = 0;
        for (int node = 0; node < links.nodes(); node++) {
            latest[node] = links.begins(node);
            if (waiting[node] == 0) {
                order[ready++] = node;
            }
        }
        while (done < ready) {
            int node = order[done++];
            for (int link = 0; link < links.links(); link++) {
                if (links.from(link) == node) {
                    int next = links.to(link);
                    length[next] = Math.max(length[next], length[node] + 1);
                    if (links.begins(next) == CausalLinks.UNKNOWN) {
                        latest[next] = Math.max(latest[next], latest[node]);
                    } else if (latest[node] > links.begins(next)) {
                        return new int[0];
                    }
                    if (--waiting[next] == 0) {
                        order[ready++] = next;
                    }
                }
            }
        }
        boolean areChains = length[links.target()] <= links.hops();
        return ready == links.nodes() && areChains ? order : new int[0];
    }
}
