package dev.palimpsest.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChainOddsTest {

    private static final int NODES = 7;

    static IntStream seeds() {
        return IntStream.rangeClosed(1, 20);
    }

    private static Drawing diamond() {
        return new Drawing().link(0, 1, .5).link(0, 2, .5).link(1, 3, .5).link(2, 3, .5);
    }

    @Test
    void aDiamondIsLikelierThanEitherSideAndSharesItsTop() {
        assertExactly(.4375, diamond().causesOf(3, 2), 0);
        assertExactly(.4375, diamond().effectsOf(0, 2), 3);
        assertExactly(.4375, diamond().between(0, 3, 2), 1);
    }

    @Test
    void aSharedCauseThatMayNotHappenIsCountedOnce() {
        // 4 happens and leads to the top of the diamond half of the time; a chain of marginals says
        // .234375.
        assertExactly(.21875, diamond().link(4, 0, .5).causesOf(3, 3), 4);
    }

    @Test
    void aChainThatIsTooLongDoesNotCount() {
        var graph = diamond().link(0, 4, 1).link(4, 5, 1).link(5, 3, 1);
        assertExactly(.4375, graph.causesOf(3, 2), 0);
        assertExactly(1, graph.causesOf(3, 3), 0);
    }

    @Test
    void aChainOutOfTimeDoesNotCount() {
        var graph = diamond().begins(0, 5).begins(3, 9).begins(2, 10);
        assertExactly(.25, graph.causesOf(3, 2), 0);
    }

    @Test
    void mechanismsWorkSideBySideAndVersionsOfOneDoNot() {
        assertExactly(.75, new Drawing().link(0, 1, .5).link(0, 1, .5).causesOf(1, 1), 0);
        assertExactly(.5, new Drawing().link(0, 1, .5).again(.4).causesOf(1, 1), 0);
    }

    @Test
    void aLinkOfNoStrengthMakesNothingLikelier() {
        assertExactly(0, new Drawing().link(0, 1, 0).link(1, 2, 1).causesOf(2, 2), 0);
    }

    @Test
    void aCircleDoesNotFeedItself() {
        var graph = new Drawing().link(0, 1, .5).link(1, 2, .5).link(2, 1, .5).link(2, 0, .5);
        assertExactly(.25, graph.causesOf(2, 6), 0);
        assertExactly(.5, graph.effectsOf(0, 6), 1);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void upToTwentyLinksItIsWhatEveryCaseTogetherGives(long seed) {
        var graph = Drawing.random(seed, NODES, 12);
        for (int hops = 1; hops <= 4; hops++) {
            for (int node = 1; node < NODES; node++) {
                assertExactly(graph.probability(0, node, hops), graph.effectsOf(0, hops), node);
                assertExactly(graph.probability(node, 0, hops), graph.causesOf(0, hops), node);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eliminationGivesWhatEveryCaseTogetherGives(long seed) {
        // Layers, so that every way is a chain.
        var graph = new Drawing();
        var random = new Random(seed);
        for (int from = 0; from < 6; from++) {
            for (int to = from + 1; to < 6; to++) {
                if (random.nextInt(3) > 0) {
                    graph.link(from, to, random.nextInt(1, 10) / 10.0);
                }
            }
        }
        var finder = graph.between(0, 5, 5);
        var network =
                LinkNetworks.between(finder.forward(), 0, finder.fromEffect().orElseThrow(), 5);
        if (finder.fromCause().orElseThrow().reaches(5)) {
            var eliminated = NoisyOr.probability(network.orElseThrow());
            assertThat(eliminated.orElseThrow())
                    .as("seed %d", seed)
                    .isCloseTo(
                            new ChainOdds(finder).of(0).orElseThrow().probability(), within(1e-9))
                    .isCloseTo(graph.probability(0, 5, 5), within(1e-9));
        }
    }

    @Test
    void manyLinksThatComeApartAreExact() {
        // Ten diamonds side by side: forty uncertain links.
        var graph = new Drawing();
        double fails = 1;
        for (int side = 0; side < 10; side++) {
            int a = 2 + 3 * side;
            graph.link(0, a, .5).link(a, a + 1, .5).link(a, a + 2, .5);
            graph.link(a + 1, 1, .5).link(a + 2, 1, .5);
            fails *= 1 - .5 * .4375;
        }
        assertExactly(1 - fails, graph.causesOf(1, 3), 0);
    }

    @Test
    void tooManyEntangledLinksAreSampledTheSameEveryTimeWithAnHonestError() {
        // Every node of a layer leads to every node of the next, and the hops bind.
        var graph = new Drawing();
        int wide = 6;
        for (int one = 0; one < wide; one++) {
            graph.link(100, one, .3);
            graph.link(20 + one, 101, .3);
            for (int other = 0; other < wide; other++) {
                graph.link(one, 10 + other, .2);
                graph.link(10 + one, 20 + other, .2);
            }
        }
        graph.link(101, 0, .5);
        var likelihood = new ChainOdds(graph.causesOf(101, 4)).of(100).orElseThrow();
        assertThat(new ChainOdds(graph.causesOf(101, 4)).of(100)).contains(likelihood);
        assertThat(new ChainOdds(graph.effectsOf(100, 4)).of(101)).contains(likelihood);
        assertThat(likelihood.standardError().orElseThrow()).isBetween(.001, .0051);
        assertThat(likelihood.probability())
                .isCloseTo(layered(wide), within(4 * likelihood.standardError().orElseThrow()));
    }

    /// By how many of each layer happen, which is enough since all of a layer are alike.
    private static double layered(int wide) {
        var happen = new double[wide + 1];
        for (int k = 0; k <= wide; k++) {
            happen[k] = binomial(wide, k, .3);
        }
        for (int layer = 0; layer < 2; layer++) {
            var next = new double[wide + 1];
            for (int k = 0; k <= wide; k++) {
                for (int m = 0; m <= wide; m++) {
                    next[m] += happen[k] * binomial(wide, m, 1 - Math.pow(.8, k));
                }
            }
            happen = next;
        }
        double sum = 0;
        for (int k = 0; k <= wide; k++) {
            sum += happen[k] * (1 - Math.pow(.7, k));
        }
        return sum;
    }

    private static double binomial(int of, int hits, double chance) {
        double ways = 1;
        for (int i = 0; i < hits; i++) {
            ways = ways * (of - i) / (i + 1);
        }
        return ways * Math.pow(chance, hits) * Math.pow(1 - chance, of - hits);
    }

    @Test
    void aNetworkTooLargeToSampleIsNotGuessed() {
        var graph = new Drawing();
        for (int middle = 2; middle < 1_200; middle++) {
            graph.link(0, middle, .5).link(middle, 1, .5);
        }
        assertThat(new ChainOdds(graph.causesOf(1, 2)).of(0)).isEmpty();
    }

    private static void assertExactly(double probability, ChainFinder finder, int node) {
        var likelihood = new ChainOdds(finder).of(node).orElseThrow();
        assertThat(likelihood.standardError()).isEmpty();
        assertThat(likelihood.probability()).isCloseTo(probability, within(1e-9));
    }
}
