package dev.palimpsest.belief;

import dev.palimpsest.model.Assertion;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.Value;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;

/// What of an assertion decides belief: what it says, of which time, and when it was said.
public record Claim(Value object, Qualifiers qualifiers, Interval valid, Position said) {

    public static Claim of(Assertion assertion) {
        return new Claim(
                assertion.object(), assertion.qualifiers(), assertion.valid(), assertion.said());
    }
}
