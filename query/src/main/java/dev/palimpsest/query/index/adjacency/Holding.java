package dev.palimpsest.query.index.adjacency;

import java.util.function.BooleanSupplier;

/// Which facts count, by the valid time over which they hold. All times in microseconds.
public sealed interface Holding {

    /// Whatever its valid time.
    record Ever() implements Holding {}

    /// It holds at the moment; with `possibly` an end nobody knows is taken as late as may be.
    record At(long moment, boolean possibly) implements Holding {}

    /// It holds at some moment of `[from, until)`, likewise.
    record Sometime(long from, long until, boolean possibly) implements Holding {}

    /// It holds now, or it is about an event, which is over but still what it was.
    record Usually(long now) implements Holding {}

    /// Whether a fact counts that holds over `[from, until)`, and surely over `[from, sureUntil)`.
    default boolean admits(long from, long sureUntil, long until, BooleanSupplier isAboutAnEvent) {
        return switch (this) {
            case Ever _ -> true;
            case At(long moment, boolean possibly) ->
                    from <= moment && moment < (possibly ? until : sureUntil);
            case Sometime(long start, long end, boolean possibly) ->
                    from < end && start < (possibly ? until : sureUntil);
            case Usually(long now) ->
                    (from <= now && now < sureUntil) || isAboutAnEvent.getAsBoolean();
        };
    }
}
