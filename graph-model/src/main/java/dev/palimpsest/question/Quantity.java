package dev.palimpsest.question;

import dev.palimpsest.model.PredicateName;
import java.util.OptionalDouble;

/// What a question says of a quantity: what facts of one predicate say of an entity in numbers.
///
/// Those facts count that are visible and hold as the question's times have it, as facts of place
/// do. Numbers are compared as 64-bit floating point. Of several the best counts.
public sealed interface Quantity {

    PredicateName predicate();

    /// It is near a number: half as good at every `half` between them.
    record Near(PredicateName predicate, double number, double half) implements Quantity {
        public Near {
            number = requireFinite("near", number);
            if (!(half > 0 && half < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("half must be more than 0: " + half);
            }
        }
    }

    /// It is not less than one number and not more than another; one of them may be missing.
    record Within(PredicateName predicate, OptionalDouble atLeast, OptionalDouble atMost)
            implements Quantity {
        public Within {
            if (atLeast.isEmpty() && atMost.isEmpty()) {
                throw new IllegalArgumentException("needs atLeast or atMost");
            }
            atLeast.ifPresent(least -> requireFinite("atLeast", least));
            atMost.ifPresent(most -> requireFinite("atMost", most));
            if (lowest(atLeast) > highest(atMost)) {
                throw new IllegalArgumentException(
                        "atLeast must not be more than atMost: "
                                + lowest(atLeast)
                                + ", "
                                + highest(atMost));
            }
        }

        /// The least it may be.
        public double lowest() {
            return lowest(atLeast);
        }

        /// The most it may be.
        public double highest() {
            return highest(atMost);
        }

        private static double lowest(OptionalDouble least) {
            return least.orElse(Double.NEGATIVE_INFINITY);
        }

        private static double highest(OptionalDouble most) {
            return most.orElse(Double.POSITIVE_INFINITY);
        }
    }

    private static double requireFinite(String what, double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException(what + " must be a number: " + number);
        }
        return number;
    }
}
