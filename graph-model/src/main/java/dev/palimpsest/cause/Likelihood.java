package dev.palimpsest.cause;

import java.util.OptionalDouble;

/// How likely an effect is, given that a cause happened and nothing else makes it happen.
///
/// @param standardError of an estimate by samples; empty if the probability is exact
public record Likelihood(double probability, OptionalDouble standardError) {

    static Likelihood exactly(double probability) {
        return new Likelihood(probability, OptionalDouble.empty());
    }
}
