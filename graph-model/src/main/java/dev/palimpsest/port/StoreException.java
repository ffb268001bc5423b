package dev.palimpsest.port;

import dev.palimpsest.model.SpaceId;
import java.time.Duration;

/// What a store could not do, by what the caller can do about it.
public abstract sealed class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    private StoreException(String message) {
        super(message);
    }

    /// The store does not answer now. Try again.
    public static final class Unavailable extends StoreException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }

        public Unavailable(String message) {
            super(message);
        }
    }

    /// What is asked takes longer than it may. Ask for less.
    public static final class TooSlow extends StoreException {
        private static final long serialVersionUID = 1L;

        public TooSlow(String message) {
            super(message);
        }
    }

    /// More is asked than can be done now. Try again after [#retryAfter].
    public static final class Overloaded extends StoreException {
        private static final long serialVersionUID = 1L;
        private final Duration retryAfter;

        public Overloaded(String message, Duration retryAfter) {
            super(message);
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /// What was asked does not fit what is held. Read again, then decide.
    public static final class Conflict extends StoreException {
        private static final long serialVersionUID = 1L;

        public Conflict(String message) {
            super(message);
        }
    }

    /// There is no such space, entity, fact or memory.
    public static final class NotFound extends StoreException {
        private static final long serialVersionUID = 1L;

        public NotFound(String message) {
            super(message);
        }

        public static NotFound space(SpaceId space) {
            return new NotFound("there is no space '" + space + "'; make it first");
        }
    }

    /// It was forgotten, and is not taken in again unless that is allowed.
    public static final class Forgotten extends StoreException {
        private static final long serialVersionUID = 1L;

        public Forgotten(String message) {
            super(message);
        }
    }

    /// What is on disk is not what was written. Stop, call a human.
    public static final class Corrupt extends StoreException {
        private static final long serialVersionUID = 1L;

        public Corrupt(String message, Throwable cause) {
            super(message, cause);
        }

        public Corrupt(String message) {
            super(message);
        }
    }
}
