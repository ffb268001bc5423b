package dev.palimpsest.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.cause.ChainMembers.Member;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChainsTest {

    private static final int NODES = 8;

    static IntStream seeds() {
        return IntStream.rangeClosed(1, 60);
    }

    @Test
    void aChainIsAsStrongAsTheProductOfItsLinks() {
        var graph = new Drawing().link(0, 1, 0.5).link(1, 2, 0.5);
        assertThat(best(graph.effectsOf(0, 6), 2)).isEqualTo(new Chain(0.25, List.of(0, 1)));
        assertThat(best(graph.causesOf(2, 6), 0)).isEqualTo(new Chain(0.25, List.of(0, 1)));
        assertThat(strengths(graph.effectsOf(0, 6))).isEqualTo(Map.of(1, 0.5, 2, 0.25));
    }

    @Test
    void theStrongerChainIsBestThoughItIsLonger() {
        var graph = new Drawing().link(0, 2, 0.1).link(0, 1, 0.9).link(1, 2, 0.9);
        assertThat(best(graph.effectsOf(0, 2), 2).links()).containsExactly(1, 2);
        assertThat(best(graph.effectsOf(0, 1), 2).links()).containsExactly(0);
        assertThat(chains(graph.effectsOf(0, 2), 2, 5))
                .extracting(Chain::links)
                .containsExactly(List.of(1, 2), List.of(0));
    }

    @Test
    void whatIsFurtherThanTheHopsIsNotReached() {
        var graph = new Drawing().link(0, 1, 1).link(1, 2, 1).link(2, 3, 1);
        assertThat(strengths(graph.effectsOf(0, 2))).containsOnlyKeys(1, 2);
        assertThat(strengths(graph.between(0, 3, 2))).isEmpty();
        assertThat(strengths(graph.between(0, 3, 3))).containsOnlyKeys(0, 1, 2, 3);
    }

    @Test
    void aWeakerShorterWayIsGoneOnFromWhereTheStrongerOneLeavesTooFewHops() {
        var graph = new Drawing().link(0, 1, 0.9).link(1, 2, 0.9).link(0, 2, 0.1).link(2, 3, 1);
        assertThat(best(graph.effectsOf(0, 2), 3)).isEqualTo(new Chain(0.1, List.of(2, 3)));
        assertThat(best(graph.effectsOf(0, 3), 3).links()).containsExactly(0, 1, 3);
    }

    @Test
    void aCircleIsNotGoneRoundAndItsStartIsNotReached() {
        var graph = new Drawing().link(0, 1, 1).link(1, 2, 1).link(2, 0, 1).link(2, 1, 1);
        assertThat(strengths(graph.effectsOf(0, 6))).containsOnlyKeys(1, 2);
        assertThat(chains(graph.effectsOf(0, 6), 1, 5))
                .extracting(Chain::links)
                .containsExactly(List.of(0));
        assertThat(links(graph.effectsOf(0, 6))).containsOnlyKeys(0, 1);
    }

    @Test
    void ofParallelLinksEachIsAChainAndTheStrongestIsBest() {
        var graph = new Drawing().link(0, 1, 0.2).link(0, 1, 0.7).link(0, 1, 0.7);
        assertThat(chains(graph.causesOf(1, 1), 0, 5))
                .extracting(Chain::links)
                .containsExactly(List.of(1), List.of(2), List.of(0));
    }

    @Test
    void aLinkOfNoStrengthStillReaches() {
        var graph = new Drawing().link(0, 1, 0).link(1, 2, 1);
        assertThat(best(graph.effectsOf(0, 2), 2)).isEqualTo(new Chain(0, List.of(0, 1)));
        assertThat(strengths(graph.between(0, 2, 2))).isEqualTo(Map.of(0, 0.0, 1, 0.0, 2, 0.0));
    }

    @Test
    void nothingIsCausedByWhatBeganAfterIt() {
        var graph = new Drawing().link(0, 1, 1).link(1, 2, 1).begins(0, 5).begins(1, 4);
        assertThat(strengths(graph.effectsOf(0, 3))).isEmpty();
        assertThat(strengths(graph.causesOf(2, 3))).containsOnlyKeys(1);
    }

    @Test
    void timeIsKeptAlsoAcrossWhatNobodyKnowsTheTimeOf() {
        var graph = new Drawing().link(0, 1, 1).link(1, 2, 1).begins(0, 10).begins(2, 5);
        assertThat(strengths(graph.effectsOf(0, 3))).containsOnlyKeys(1);
        assertThat(strengths(graph.causesOf(2, 3))).containsOnlyKeys(1);
        assertThat(strengths(graph.between(0, 2, 3))).isEmpty();
    }

    @Test
    void aLongerAndWeakerWayThatIsTheOnlyOneInTimeIsNotLost() {
        // 1 has no time; the strong way to it passes 2, which begins after 4 does.
        var graph =
                new Drawing()
                        .link(0, 2, 1)
                        .link(2, 1, 1)
                        .link(0, 3, 0.5)
                        .link(3, 5, 0.5)
                        .link(5, 1, 0.5)
                        .link(1, 4, 1)
                        .begins(2, 10)
                        .begins(3, 1)
                        .begins(5, 2)
                        .begins(4, 5);
        assertThat(best(graph.effectsOf(0, 6), 4)).isEqualTo(new Chain(0.125, List.of(2, 3, 4, 5)));
        assertThat(best(graph.causesOf(4, 6), 0)).isEqualTo(new Chain(0.125, List.of(2, 3, 4, 5)));
        assertThat(strengths(graph.between(0, 4, 6))).containsOnlyKeys(0, 3, 5, 1, 4);
    }

    @Test
    void aHubBeyondTheLimitIsCutShortAndSaysSo() {
        var graph = new Drawing();
        for (int leaf = 1; leaf <= CausalReach.MOST_REACHED + 5; leaf++) {
            graph.link(0, leaf, 1);
        }
        var members = ChainMembers.of(graph.effectsOf(0, 1), false);
        assertThat(members.truncated()).isTrue();
        assertThat(members.nodes()).hasSize(CausalReach.MOST_REACHED);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theBestChainsAreThoseOfATryOfAll(long seed) {
        var graph = Drawing.random(seed, NODES, 20);
        for (int hops = 1; hops <= 6; hops++) {
            for (int node = 1; node < NODES; node++) {
                var found = chains(graph.effectsOf(0, hops), node, 4);
                check(graph, found, graph.all(0, node, hops), "seed " + seed + " to " + node);
                found = chains(graph.causesOf(0, hops), node, 4);
                check(graph, found, graph.all(node, 0, hops), "seed " + seed + " from " + node);
                found = chains(graph.between(0, 1, hops), node, 4);
                var through = through(graph, node, graph.all(0, 1, hops));
                check(graph, found, through, "seed " + seed + " through " + node);
            }
        }
    }

    private static void check(Drawing graph, List<Chain> found, List<Chain> all, String why) {
        assertThat(found).as(why).hasSize(Math.min(4, all.size()));
        for (int i = 0; i < found.size(); i++) {
            var chain = found.get(i);
            assertThat(chain.strength()).as(why).isCloseTo(all.get(i).strength(), within(1e-12));
            assertThat(graph.product(chain.links())).isEqualTo(chain.strength());
            assertThat(all).as(why).extracting(Chain::links).contains(chain.links());
        }
        assertThat(found).as(why).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsOnChainsIsWhatATryOfAllPasses(long seed) {
        var graph = Drawing.random(seed, NODES, 18);
        for (int hops = 1; hops <= 6; hops++) {
            Map<Integer, Double> nodes = new TreeMap<>();
            Map<Integer, Double> links = new TreeMap<>();
            for (int node = 1; node < NODES; node++) {
                for (var chain : graph.all(0, node, hops)) {
                    nodes.merge(node, chain.strength(), Math::max);
                    links.merge(chain.links().getLast(), chain.strength(), Math::max);
                }
            }
            same(graph.effectsOf(0, hops), nodes, links, seed);
            nodes.clear();
            links.clear();
            for (int node = 1; node < NODES; node++) {
                for (var chain : graph.all(node, 0, hops)) {
                    nodes.merge(node, chain.strength(), Math::max);
                    links.merge(chain.links().getFirst(), chain.strength(), Math::max);
                }
            }
            same(graph.causesOf(0, hops), nodes, links, seed);
            nodes.clear();
            links.clear();
            for (var chain : graph.all(0, 1, hops)) {
                for (int link : chain.links()) {
                    links.merge(link, chain.strength(), Math::max);
                    nodes.merge(graph.links().get(link).cause(), chain.strength(), Math::max);
                    nodes.merge(graph.links().get(link).effect(), chain.strength(), Math::max);
                }
            }
            same(graph.between(0, 1, hops), nodes, links, seed);
        }
    }

    private static void same(
            ChainFinder finder, Map<Integer, Double> nodes, Map<Integer, Double> links, long seed) {
        assertThat(strengths(finder).keySet()).as("nodes, seed %d", seed).isEqualTo(nodes.keySet());
        strengths(finder)
                .forEach((node, strength) ->
                        assertThat(strength).isCloseTo(nodes.get(node), within(1e-12)));
        assertThat(links(finder).keySet()).as("links, seed %d", seed).isEqualTo(links.keySet());
        links(finder)
                .forEach((link, strength) ->
                        assertThat(strength).isCloseTo(links.get(link), within(1e-12)));
    }

    private static List<Chain> through(Drawing graph, int node, List<Chain> all) {
        return all.stream()
                .filter(chain ->
                        chain.links().stream()
                                .map(link -> graph.links().get(link))
                                .anyMatch(link -> link.cause() == node || link.effect() == node))
                .toList();
    }

    private static List<Chain> chains(ChainFinder finder, int node, int most) {
        var found = ChainSearch.through(finder, node, most);
        assertThat(found.truncated()).isFalse();
        return found.chains();
    }

    private static Chain best(ChainFinder finder, int node) {
        return chains(finder, node, 1).getFirst();
    }

    private static Map<Integer, Double> strengths(ChainFinder finder) {
        return byNumber(ChainMembers.of(finder, false).nodes());
    }

    private static Map<Integer, Double> links(ChainFinder finder) {
        return byNumber(ChainMembers.of(finder, true).links());
    }

    private static Map<Integer, Double> byNumber(List<Member> members) {
        return members.stream()
                .collect(
                        Collectors.toMap(
                                Member::number,
                                Member::strength,
                                (one, other) -> {
                                    throw new AssertionError("met twice: " + one + ", " + other);
                                },
                                TreeMap::new));
    }
}
