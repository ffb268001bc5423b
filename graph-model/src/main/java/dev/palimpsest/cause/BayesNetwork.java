package dev.palimpsest.cause;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Variables that are true or false, each with a table of how likely it is given its parents.
/// Answers exactly, by eliminating one variable after another.
public final class BayesNetwork {

    /// The most variables one intermediate table may have: it has two to the power of that entries.
    static final int MOST_WIDE = 16;

    private final List<Variable> variables;

    private static final class Variable {
        private final int[] parents;

        /// Of being true, by the parents that are: bit `i` of the index is parent `i`.
        private final double[] chance;

        Variable(int[] parents, double[] chance) {
            this.parents = parents.clone();
            this.chance = chance.clone();
        }
    }

    private BayesNetwork(List<Variable> variables) {
        this.variables = List.copyOf(variables);
    }

    public static BayesNetwork empty() {
        return new BayesNetwork(List.of());
    }

    /// This network with one variable more, numbered by how many there were before.
    ///
    /// @param chance how likely it is true, for each set of true parents: bit `i` of the index
    ///   stands for parent `i`
    public BayesNetwork with(int[] parents, double... chance) {
        if (chance.length != 1 << parents.length
                || Arrays.stream(parents).anyMatch(one -> one < 0 || one >= variables.size())) {
            throw new IllegalArgumentException(
                    "needs earlier parents, and a chance for each of their states: "
                            + Arrays.toString(parents));
        }
        var more = new ArrayList<>(variables);
        more.add(new Variable(parents, chance));
        return new BayesNetwork(more);
    }

    /// This network after somebody set a variable: what led to it has no say any more.
    public BayesNetwork set(int variable, boolean value) {
        var changed = new ArrayList<>(variables);
        changed.set(variable, new Variable(new int[0], new double[] {value ? 1 : 0}));
        return new BayesNetwork(changed);
    }

    /// How likely it is that these variables have these values at once; empty if the network is too
    /// entangled to say.
    public OptionalDouble probability(Map<Integer, Boolean> values) {
        var needed = new boolean[variables.size()];
        values.keySet().forEach(variable -> need(variable, needed));
        List<Factor> factors = new ArrayList<>();
        for (int variable = 0; variable < needed.length; variable++) {
            if (needed[variable]) {
                var factor = factor(variable);
                for (var value : values.entrySet()) {
                    factor = factor.where(value.getKey(), value.getValue());
                }
                factors.add(factor);
            }
        }
        values.keySet().forEach(variable -> needed[variable] = false);
        for (int next = cheapest(needed, factors); next >= 0; next = cheapest(needed, factors)) {
            int eliminated = next;
            var product = Factor.ONE;
            for (var factor : factors) {
                if (factor.has(eliminated)) {
                    product = product.times(factor);
                    if (product.width() > MOST_WIDE) {
                        return OptionalDouble.empty();
                    }
                }
            }
            factors.removeIf(factor -> factor.has(eliminated));
            factors.add(product.without(eliminated));
            needed[eliminated] = false;
        }
        return OptionalDouble.of(
                factors.stream().mapToDouble(Factor::number).reduce(1, BayesNetwork::product));
    }

    private static double product(double one, double other) {
        return one * other;
    }

    /// Marks a variable and all it depends on.
    private void need(int variable, boolean[] needed) {
        if (!needed[variable]) {
            needed[variable] = true;
            for (int parent : variables.get(variable).parents) {
                need(parent, needed);
            }
        }
    }

    private Factor factor(int number) {
        var variable = variables.get(number);
        var table = new double[variable.chance.length * 2];
        for (int state = 0; state < variable.chance.length; state++) {
            table[state] = 1 - variable.chance[state];
            table[state + variable.chance.length] = variable.chance[state];
        }
        var all = Arrays.copyOf(variable.parents, variable.parents.length + 1);
        all[variable.parents.length] = number;
        return new Factor(all, table);
    }

    /// The variable whose elimination makes the smallest table; negative if none is left.
    private static int cheapest(boolean[] left, List<Factor> factors) {
        int cheapest = -1;
        long least = Long.MAX_VALUE;
        for (int variable = 0; variable < left.length; variable++) {
            if (left[variable]) {
                int wanted = variable;
                long width =
                        factors.stream()
                                .filter(factor -> factor.has(wanted))
                                .flatMapToInt(Factor::variables)
                                .distinct()
                                .count();
                if (width < least) {
                    least = width;
                    cheapest = variable;
                }
            }
        }
        return cheapest;
    }
}
