package dev.palimpsest.api.wire;

import dev.palimpsest.model.Qualifiers;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// What is said about a fact beside the fact.
public record QualifiersBody(
        @Nullable Double confidence,
        @Nullable Double strength,
        @Nullable DelayBody delay,
        @Nullable String statement) {

    /// The time from cause to effect, in ISO 8601.
    public record DelayBody(String mean, @Nullable String sd) {

        public static DelayBody of(Qualifiers.Delay delay) {
            return new DelayBody(
                    delay.mean().toString(), delay.deviation().map(Object::toString).orElse(null));
        }
    }

    public static QualifiersBody of(Qualifiers qualifiers) {
        return new QualifiersBody(
                orNull(qualifiers.confidence()),
                orNull(qualifiers.strength()),
                qualifiers.delay().map(DelayBody::of).orElse(null),
                qualifiers.statement().orElse(null));
    }

    static @Nullable Double orNull(OptionalDouble number) {
        return number.isPresent() ? number.getAsDouble() : null;
    }
}
