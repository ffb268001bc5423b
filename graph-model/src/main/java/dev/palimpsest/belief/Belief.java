package dev.palimpsest.belief;

import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.Value;
import dev.palimpsest.time.Interval;

/// What is believed over one stretch of valid time.
public record Belief(Value object, Qualifiers qualifiers, Interval valid) {}
