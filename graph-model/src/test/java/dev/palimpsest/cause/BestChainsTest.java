package dev.palimpsest.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.cause.BestChains.Chain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BestChainsTest {

    @Test
    void aChainIsAsStrongAsTheProductOfItsLinks() {
        var graph = new Drawing().link(0, 1, 0.5).link(1, 2, 0.5);
        assertThat(chains(graph, 0, 6))
                .containsEntry(1, new Chain(1, 0.5, List.of(0)))
                .containsEntry(2, new Chain(2, 0.25, List.of(0, 1)))
                .hasSize(2);
    }

    @Test
    void theStrongerChainIsBestThoughItIsLonger() {
        var graph = new Drawing().link(0, 2, 0.1).link(0, 1, 0.9).link(1, 2, 0.9);
        assertThat(chainTo(2, graph, 2).links()).containsExactly(1, 2);
        assertThat(chainTo(2, graph, 1).links()).containsExactly(0);
    }

    @Test
    void whatIsFurtherThanTheHopsIsNotReached() {
        var graph = new Drawing().link(0, 1, 1).link(1, 2, 1).link(2, 3, 1);
        assertThat(chains(graph, 0, 2)).containsOnlyKeys(1, 2);
    }

    @Test
    void aCircleIsNotGoneRoundAndItsStartIsNotReached() {
        var graph = new Drawing().link(0, 1, 1).link(1, 2, 1).link(2, 0, 1).link(2, 1, 1);
        assertThat(chains(graph, 0, 6)).containsOnlyKeys(1, 2);
        assertThat(chainTo(1, graph, 6).links()).containsExactly(0);
    }

    @Test
    void ofParallelLinksTheStrongestIsTaken() {
        var graph = new Drawing().link(0, 1, 0.2).link(0, 1, 0.7).link(0, 1, 0.7);
        assertThat(chainTo(1, graph, 1)).isEqualTo(new Chain(1, 0.7, List.of(1)));
    }

    @Test
    void aLinkOfNoStrengthStillReaches() {
        var graph = new Drawing().link(0, 1, 0).link(1, 2, 1);
        assertThat(chainTo(2, graph, 2)).isEqualTo(new Chain(2, 0, List.of(0, 1)));
    }

    @Test
    void aHubBeyondTheLimitIsCutShortAndSaysSo() {
        var graph = new Drawing();
        for (int leaf = 1; leaf <= BestChains.MOST_REACHED + 5; leaf++) {
            graph.link(0, leaf, 1);
        }
        var reached = BestChains.search(graph, 0, 1);
        assertThat(reached.truncated()).isTrue();
        assertThat(reached.chains()).hasSize(BestChains.MOST_REACHED);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyChainIsTheBestOfAllThereAre(long seed) {
        var random = new Random(seed);
        var graph = new Drawing();
        int nodes = 4 + random.nextInt(5);
        for (int link = 0; link < 3 * nodes; link++) {
            graph.link(random.nextInt(nodes), random.nextInt(nodes), random.nextInt(5) / 4.0);
        }
        for (int hops = 1; hops <= 6; hops++) {
            var chains = chains(graph, 0, hops);
            Map<Integer, Double> strongest = new HashMap<>();
            graph.tryAll(0, hops, 1, new HashSet<>(Set.of(0)), strongest);
            assertThat(chains.keySet()).as("seed %d", seed).isEqualTo(strongest.keySet());
            for (var chain : chains.values()) {
                assertThat(chain.strength())
                        .as("seed %d, node %d", seed, chain.node())
                        .isEqualTo(strongest.get(chain.node()));
                assertThat(graph.product(chain.links())).isEqualTo(chain.strength());
                assertThat(chain.links()).hasSizeLessThanOrEqualTo(hops);
            }
        }
    }

    private static Chain chainTo(int node, Drawing graph, int hops) {
        return BestChains.search(graph, 0, hops).chains().stream()
                .filter(chain -> chain.node() == node)
                .findFirst()
                .orElseThrow();
    }

    private static Map<Integer, Chain> chains(Drawing graph, int start, int hops) {
        Map<Integer, Chain> byNode = new HashMap<>();
        for (var chain : BestChains.search(graph, start, hops).chains()) {
            byNode.put(chain.node(), chain);
        }
        return byNode;
    }

    /// A graph small enough to try every path.
    private static final class Drawing implements CausalLinks {
        private record Link(int from, int to, double strength) {}

        private final List<Link> links = new ArrayList<>();

        Drawing link(int from, int to, double strength) {
            links.add(new Link(from, to, strength));
            return this;
        }

        @Override
        public void from(int node, Visitor visitor) {
            for (int number = 0; number < links.size(); number++) {
                var link = links.get(number);
                if (link.from == node) {
                    visitor.link(number, link.to, link.strength);
                }
            }
        }

        @Override
        public int compare(int link, int other) {
            return Integer.compare(link, other);
        }

        double product(List<Integer> chain) {
            return chain.stream()
                    .mapToDouble(link -> links.get(link).strength)
                    .reduce(1, (a, b) -> a * b);
        }

        void tryAll(
                int node, int hops, double strength, Set<Integer> seen, Map<Integer, Double> best) {
            if (hops == 0) {
                return;
            }
            for (var link : links) {
                if (link.from == node && seen.add(link.to)) {
                    best.merge(link.to, strength * link.strength, Math::max);
                    tryAll(link.to, hops - 1, strength * link.strength, seen, best);
                    seen.remove(link.to);
                }
            }
        }
    }
}
