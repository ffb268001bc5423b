package dev.palimpsest.cause;

import java.util.Optional;

/// Everything that lies on a chain which ends at an effect, or starts at a cause, or both, and is
/// not longer than so many links.
///
/// Such a chain passes no node twice, and nothing on it began before what comes earlier on it.
///
/// @param forward links from causes to effects
/// @param backward the same from effects to causes
/// @param fromCause what the cause leads to, if chains have to start there
/// @param fromEffect what leads to the effect, if chains have to end there
public record ChainFinder(
        CausalLinks forward,
        CausalLinks backward,
        Optional<CausalReach> fromCause,
        Optional<CausalReach> fromEffect,
        int hops) {

    public static ChainFinder toEffect(
            CausalLinks forward, CausalLinks backward, int effect, int hops) {
        return new ChainFinder(
                forward,
                backward,
                Optional.empty(),
                Optional.of(CausalReach.from(backward, effect, hops)),
                hops);
    }

    public static ChainFinder fromCause(
            CausalLinks forward, CausalLinks backward, int cause, int hops) {
        return new ChainFinder(
                forward,
                backward,
                Optional.of(CausalReach.from(forward, cause, hops)),
                Optional.empty(),
                hops);
    }

    public static ChainFinder between(
            CausalLinks forward, CausalLinks backward, int cause, int effect, int hops) {
        return new ChainFinder(
                forward,
                backward,
                Optional.of(CausalReach.from(forward, cause, hops)),
                Optional.of(CausalReach.from(backward, effect, hops)),
                hops);
    }

    /// Whether a walk met a limit, so that more may lie on such chains.
    public boolean truncated() {
        return fromCause.map(CausalReach::truncated).orElse(false)
                || fromEffect.map(CausalReach::truncated).orElse(false);
    }

    /// Whether chains must not pass this node, since they may only start or end there.
    boolean isEnd(int node) {
        return fromCause.map(reach -> reach.start() == node).orElse(false)
                || fromEffect.map(reach -> reach.start() == node).orElse(false);
    }

    /// Whether a chain whose last known moment is `earlier` can go on with one whose first is
    /// `-later`: the clock of walks from effects runs backwards.
    static boolean fits(long earlier, long later) {
        return earlier == CausalLinks.UNKNOWN || later == CausalLinks.UNKNOWN || earlier <= -later;
    }
}
