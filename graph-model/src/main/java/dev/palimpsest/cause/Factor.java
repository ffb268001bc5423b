package dev.palimpsest.cause;

import java.util.Arrays;
import java.util.stream.IntStream;

/// A table with a number for each state of some variables that are true or false. It never changes.
final class Factor {

    static final Factor ONE = new Factor(new int[0], new double[] {1});

    private final int[] variables;

    /// Bit `i` of the index is the state of variable `i`.
    private final double[] table;

    /// Keeps the arrays; nobody else may change them.
    Factor(int[] variables, double[] table) {
        this.variables = variables;
        this.table = table;
    }

    IntStream variables() {
        return Arrays.stream(variables);
    }

    int width() {
        return variables.length;
    }

    boolean has(int variable) {
        return bit(variable) >= 0;
    }

    /// The only number of a factor without variables.
    double number() {
        if (variables.length > 0) {
            throw new IllegalStateException("has variables: " + Arrays.toString(variables));
        }
        return table[0];
    }

    /// Both at once, over the variables of either.
    Factor times(Factor other) {
        var all =
                IntStream.concat(Arrays.stream(variables), Arrays.stream(other.variables))
                        .distinct()
                        .toArray();
        var product = new double[1 << all.length];
        for (int state = 0; state < product.length; state++) {
            product[state] = at(all, state) * other.at(all, state);
        }
        return new Factor(all, product);
    }

    private double at(int[] all, int state) {
        int own = 0;
        for (int bit = 0; bit < all.length; bit++) {
            int place = bit(all[bit]);
            if (place >= 0) {
                own |= (state >>> bit & 1) << place;
            }
        }
        return table[own];
    }

    /// What is left once a variable is known.
    Factor where(int variable, boolean value) {
        int bit = bit(variable);
        return bit < 0 ? this : reduced(bit, value ? 0 : 1, value ? 1 : 0);
    }

    /// What is left once a variable is summed over.
    Factor without(int variable) {
        return reduced(bit(variable), 1, 1);
    }

    private Factor reduced(int bit, int ifFalse, int ifTrue) {
        var rest = IntStream.range(0, variables.length).filter(i -> i != bit).toArray();
        var sums = new double[table.length / 2];
        for (int state = 0; state < sums.length; state++) {
            int low = state & ((1 << bit) - 1);
            int index = (state >>> bit) << (bit + 1) | low;
            sums[state] = ifFalse * table[index] + ifTrue * table[index | 1 << bit];
        }
        return new Factor(Arrays.stream(rest).map(i -> variables[i]).toArray(), sums);
    }

    private int bit(int variable) {
        for (int bit = 0; bit < variables.length; bit++) {
            if (variables[bit] == variable) {
                return bit;
            }
        }
        return -1;
    }
}
