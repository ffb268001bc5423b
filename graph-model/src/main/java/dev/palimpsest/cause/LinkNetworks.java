package dev.palimpsest.cause;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Draws the network of links between a node on a chain and the end of the chains.
final class LinkNetworks {

    /// The most links a network has; a larger one is not judged.
    static final int MOST_LINKS = 2_000;

    private LinkNetworks() {}

    /// All links on chains between `node` and where `aim` started; empty if there are too many.
    ///
    /// @param away links that lead from `node` to where `aim` started
    static Optional<LinkNetwork> between(CausalLinks away, int node, CausalReach aim, int hops) {
        var numbers = new NodeMarks();
        List<Integer> nodes = new ArrayList<>(List.of(node));
        List<LinkNetwork.Draft> drafts = new ArrayList<>();
        numbers.put(node, LinkNetwork.SOURCE);
        int layer = 0;
        for (int hop = 0; hop < hops && layer < nodes.size(); hop++) {
            int end = nodes.size();
            int left = hops - hop - 1;
            for (int number = layer; number < end; number++) {
                int near = number;
                if (nodes.get(near) == aim.start()) {
                    continue;
                }
                away.from(
                        nodes.get(near),
                        (link, next) -> {
                            if (drafts.size() > MOST_LINKS
                                    || next == node
                                    || !canGoOn(away, next, aim, left)) {
                                return;
                            }
                            if (!numbers.contains(next)) {
                                numbers.put(next, nodes.size());
                                nodes.add(next);
                            }
                            drafts.add(
                                    new LinkNetwork.Draft(
                                            near,
                                            numbers.get(next),
                                            away.mechanism(link),
                                            away.chance(link),
                                            away.seed(link)));
                        });
                if (drafts.size() > MOST_LINKS) {
                    return Optional.empty();
                }
            }
            layer = end;
        }
        var begins = nodes.stream().mapToLong(away::begins).toArray();
        int target = numbers.get(aim.start());
        return Optional.of(new LinkNetwork(begins, target, hops, drafts));
    }

    private static boolean canGoOn(CausalLinks away, int next, CausalReach aim, int left) {
        if (!aim.reaches(next)) {
            return false;
        }
        long begins = away.begins(next);
        for (int one = aim.first(next); one != CausalReach.NONE; one = aim.next(one)) {
            if (aim.hop(one) <= left && ChainFinder.fits(begins, aim.clock(one))) {
                return true;
            }
        }
        return false;
    }
}
