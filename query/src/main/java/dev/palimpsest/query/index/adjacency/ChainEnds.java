package dev.palimpsest.query.index.adjacency;

import java.util.OptionalLong;

/// Which chains of causes are asked about: those that start at a cause, or end at an effect, or run
/// from one to the other.
///
/// @param hops how many facts they have at most
public record ChainEnds(OptionalLong cause, OptionalLong effect, int hops) {

    public ChainEnds {
        if (cause.isEmpty() && effect.isEmpty()) {
            throw new IllegalArgumentException("chains need a cause, an effect or both");
        }
    }

    public static ChainEnds toEffect(long effect, int hops) {
        return new ChainEnds(OptionalLong.empty(), OptionalLong.of(effect), hops);
    }

    public static ChainEnds fromCause(long cause, int hops) {
        return new ChainEnds(OptionalLong.of(cause), OptionalLong.empty(), hops);
    }

    public static ChainEnds between(long cause, long effect, int hops) {
        return new ChainEnds(OptionalLong.of(cause), OptionalLong.of(effect), hops);
    }
}
