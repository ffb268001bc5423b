package dev.palimpsest.model;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What lets its bearer in: scopes, for spaces, for a time. Its secret is not in it.
///
/// @param id by which it is looked up and revoked; the first part of its text
/// @param expires from when on it lets nobody in
/// @param revoked since when it lets nobody in
/// @param requestsPerMinute how often it may ask; else as often as others
public record Key(
        String id,
        KeyName name,
        Set<Scope> scopes,
        Reach reach,
        Instant created,
        Optional<Instant> expires,
        Optional<Instant> revoked,
        OptionalInt requestsPerMinute) {

    /// Of how many characters an id is.
    public static final int ID_LENGTH = 8;

    /// The most requests a minute that a limit can be.
    public static final int MOST_REQUESTS = 1_000_000;

    private static final String ID = "[a-z2-7]{" + ID_LENGTH + "}";

    /// Which spaces a key is for.
    public sealed interface Reach {

        /// Whatever there is, and will be.
        record Everywhere() implements Reach {}

        /// These alone, whether there or not.
        record Within(Set<SpaceId> spaces) implements Reach {

            private static final int MOST = 1_000;

            public Within {
                if (spaces.isEmpty() || spaces.size() > MOST) {
                    throw new IllegalArgumentException(
                            "a key is for 1 to " + MOST + " spaces or for all: " + spaces.size());
                }
                spaces = Set.copyOf(spaces);
            }
        }

        default boolean covers(SpaceId space) {
            return switch (this) {
                case Everywhere _ -> true;
                case Within(var spaces) -> spaces.contains(space);
            };
        }
    }

    public Key {
        if (!id.matches(ID)) {
            throw new IllegalArgumentException("a key's id is like abcdef27: '" + id + "'");
        }
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("a key has at least one scope");
        }
        if (expires.isPresent() && !expires.get().isAfter(created)) {
            throw new IllegalArgumentException(
                    "a key must expire after it is made: " + expires.get());
        }
        requestsPerMinute.ifPresent(Key::requirePace);
        scopes = Set.copyOf(scopes);
    }

    /// @throws IllegalArgumentException if that can be no limit
    public static void requirePace(int requestsPerMinute) {
        if (requestsPerMinute < 1 || requestsPerMinute > MOST_REQUESTS) {
            throw new IllegalArgumentException(
                    "requests per minute must lie between 1 and "
                            + MOST_REQUESTS
                            + ": "
                            + requestsPerMinute);
        }
    }

    /// Whether it lets anybody in then.
    public boolean isValidAt(Instant moment) {
        return revoked.isEmpty() && expires.map(moment::isBefore).orElse(true);
    }

    public boolean may(Scope scope, SpaceId space) {
        return scopes.contains(scope) && reach.covers(space);
    }

    /// Whether it may in every space, and so what concerns none.
    public boolean mayEverywhere(Scope scope) {
        return scopes.contains(scope) && reach instanceof Reach.Everywhere;
    }
}
