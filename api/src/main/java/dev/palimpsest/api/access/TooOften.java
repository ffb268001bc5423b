package dev.palimpsest.api.access;

import java.time.Duration;

/// Somebody asked more often than they may.
public final class TooOften extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    TooOften(int perMinute, Duration retryAfter) {
        super(
                "this key may ask "
                        + perMinute
                        + " times a minute, and has; ask again after the seconds in Retry-After");
        this.retryAfter = retryAfter;
    }

    /// When the next request is let in.
    public Duration retryAfter() {
        return retryAfter;
    }
}
