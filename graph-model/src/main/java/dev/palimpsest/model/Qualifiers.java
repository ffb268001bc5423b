package dev.palimpsest.model;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/// What is said about a fact beside the fact: how sure its source is, and for a causal one how
/// strong and how slow it is, and a sentence that says it.
///
/// @param confidence the source's own, 0 to 1
/// @param strength of a causal fact, 0 to 1
/// @param delay of a causal fact, from cause to effect
/// @param statement the fact as a sentence; it is embedded
public record Qualifiers(
        OptionalDouble confidence,
        OptionalDouble strength,
        Optional<Delay> delay,
        Optional<String> statement) {

    public static final Qualifiers NONE =
            new Qualifiers(
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    Optional.empty(),
                    Optional.empty());

    /// The time from cause to effect.
    public record Delay(Duration mean, Optional<Duration> deviation) {
        public Delay {
            if (mean.isNegative() || deviation.map(Duration::isNegative).orElse(false)) {
                throw new IllegalArgumentException("delay must not be negative: " + mean);
            }
        }
    }

    public Qualifiers {
        requireShare("confidence", confidence);
        requireShare("strength", strength);
        if (statement.map(String::length).orElse(0) > Value.LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    "statement has at most " + Value.LONGEST_TEXT + " characters");
        }
    }

    private static void requireShare(String name, OptionalDouble share) {
        if (share.isPresent() && !(share.getAsDouble() >= 0 && share.getAsDouble() <= 1)) {
            throw new IllegalArgumentException(
                    name + " must lie between 0 and 1: " + share.getAsDouble());
        }
    }
}
