package dev.palimpsest.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The network of Lauritzen and Spiegelhalter (1988): who has been to Asia or smokes may have
/// tuberculosis, cancer of the lung or bronchitis, and short breath.
class BayesNetworkTest {

    private static final int ASIA = 0;
    private static final int TUB = 1;
    private static final int SMOKE = 2;
    private static final int LUNG = 3;
    private static final int BRONC = 4;
    private static final int EITHER = 5;
    private static final int DYSP = 7;

    private static final double ROUNDING = 6e-7;

    private static final class Table {
        private final int[] parents;
        private final double[] chance;

        Table(int[] parents, double... chance) {
            this.parents = parents;
            this.chance = chance;
        }
    }

    private static final List<Table> TABLES =
            List.of(
                    new Table(new int[0], .01),
                    new Table(new int[] {ASIA}, .01, .05),
                    new Table(new int[0], .5),
                    new Table(new int[] {SMOKE}, .01, .1),
                    new Table(new int[] {SMOKE}, .3, .6),
                    new Table(new int[] {TUB, LUNG}, 0, 1, 1, 1),
                    new Table(new int[] {EITHER}, .05, .98),
                    new Table(new int[] {EITHER, BRONC}, .1, .7, .8, .9));

    @Test
    void theKnownFiguresComeOut() {
        var network = network();
        assertThat(given(network, DYSP, Map.of())).isCloseTo(.435971, within(ROUNDING));
        assertThat(given(network, LUNG, Map.of(DYSP, true))).isCloseTo(.102759, within(ROUNDING));
        assertThat(given(network, TUB, Map.of(ASIA, true, DYSP, true)))
                .isCloseTo(.087751, within(ROUNDING));
        assertThat(given(network.set(SMOKE, true), DYSP, Map.of()))
                .isCloseTo(.552808, within(ROUNDING));
        assertThat(given(network.set(SMOKE, false), DYSP, Map.of()))
                .isCloseTo(.319133, within(ROUNDING));
    }

    @Test
    void enumerationSaysTheSame() {
        for (int variable = 0; variable < TABLES.size(); variable++) {
            for (int other = 0; other < TABLES.size(); other++) {
                for (boolean value : new boolean[] {true, false}) {
                    var values = new TreeMap<>(Map.of(variable, true));
                    values.putIfAbsent(other, value);
                    assertThat(network().probability(values).orElseThrow())
                            .isCloseTo(enumerated(TABLES, values), within(1e-9));
                }
            }
        }
    }

    @Test
    void aCauseThatMayNotHappenIsCountedOnceInADiamond() {
        var diamond =
                BayesNetwork.empty()
                        .with(new int[0], .5)
                        .with(new int[] {0}, 0, .5)
                        .with(new int[] {0}, 0, .5)
                        .with(new int[] {1, 2}, 0, .5, .5, .75);
        assertThat(diamond.probability(Map.of(3, true)).orElseThrow())
                .isCloseTo(.21875, within(1e-9));
        assertThat(diamond.set(0, true).probability(Map.of(3, true)).orElseThrow())
                .isCloseTo(.4375, within(1e-9));
        // What chaining marginals would say.
        double side = diamond.probability(Map.of(1, true)).orElseThrow();
        assertThat(1 - (1 - side * .5) * (1 - side * .5)).isCloseTo(.234375, within(1e-9));
    }

    @Test
    void seeingIsNotDoing() {
        assertThat(given(network(), LUNG, Map.of(BRONC, true))).isCloseTo(.07, within(1e-9));
        assertThat(given(network().set(BRONC, true), LUNG, Map.of())).isCloseTo(.055, within(1e-9));
    }

    @Test
    void aTableMustFitItsParents() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BayesNetwork.empty().with(new int[] {0}, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> network().with(new int[] {ASIA}, .5));
    }

    @Test
    void whatIsTooEntangledIsNotAnswered() {
        var network = BayesNetwork.empty();
        int count = BayesNetwork.MOST_WIDE + 4;
        for (int cause = 0; cause < count; cause++) {
            network = network.with(new int[0], .5);
        }
        int next = count;
        for (int cause = 0; cause < count; cause++) {
            for (int other = cause + 1; other < count; other++) {
                network = network.with(new int[] {cause, other}, 0, .5, .5, .5);
                next++;
            }
        }
        var values = new TreeMap<Integer, Boolean>();
        for (int seen = count; seen < next; seen++) {
            values.put(seen, true);
        }
        assertThat(network.probability(values)).isEmpty();
    }

    private static double given(BayesNetwork network, int variable, Map<Integer, Boolean> seen) {
        var both = new TreeMap<>(seen);
        both.put(variable, true);
        return network.probability(both).orElseThrow() / network.probability(seen).orElseThrow();
    }

    private static BayesNetwork network() {
        var network = BayesNetwork.empty();
        for (var table : TABLES) {
            network = network.with(table.parents, table.chance);
        }
        return network;
    }

    private static double enumerated(List<Table> tables, Map<Integer, Boolean> values) {
        double sum = 0;
        for (int state = 0; state < 1 << tables.size(); state++) {
            double chance = 1;
            for (int variable = 0; variable < tables.size(); variable++) {
                var table = tables.get(variable);
                int index = 0;
                for (int parent = 0; parent < table.parents.length; parent++) {
                    index |= (state >> table.parents[parent] & 1) << parent;
                }
                boolean value = (state >> variable & 1) == 1;
                chance *= value ? table.chance[index] : 1 - table.chance[index];
                if (values.getOrDefault(variable, value) != value) {
                    chance = 0;
                }
            }
            sum += chance;
        }
        return sum;
    }
}
