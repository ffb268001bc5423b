package dev.palimpsest.port;

import java.time.Duration;

/// The moment at which work for a caller is given up. Whoever works in a loop that grows with the
/// space looks at it now and then: nobody is interrupted, since an interrupted thread would take
/// the stores it works in down with it.
public final class Deadline {

    /// For work that nobody waits for.
    public static final Deadline NEVER = new Deadline(Duration.ofDays(36_500));

    private final Duration allowed;
    private final long end;

    private Deadline(Duration allowed) {
        this.allowed = allowed;
        this.end = System.nanoTime() + allowed.toNanos();
    }

    /// So long from now.
    public static Deadline in(Duration allowed) {
        return new Deadline(allowed);
    }

    public boolean isPast() {
        return System.nanoTime() - end > 0;
    }

    /// @throws StoreException.TooSlow if it is past
    public void check() {
        if (isPast()) {
            throw new StoreException.TooSlow(
                    "this could not be answered within "
                            + allowed.toMillis()
                            + " ms: ask more narrowly, by what, where or when, or with fewer hops");
        }
    }
}
