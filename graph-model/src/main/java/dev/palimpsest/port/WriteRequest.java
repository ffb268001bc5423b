package dev.palimpsest.port;

import dev.palimpsest.model.SpaceId;
import java.util.List;
import java.util.Optional;

/// Writes to one space, in order.
///
/// @param atomic if one item is refused, none is written; else the others are
/// @param key if given, the same request again answers what it answered before and writes nothing
public record WriteRequest(
        SpaceId space, List<WriteItem> items, boolean atomic, Optional<IdempotencyKey> key) {

    /// The most items one request may have.
    public static final int MOST_ITEMS = 1_000;

    /// The caller's name for a request, kept 7 days.
    ///
    /// @param bodyHash SHA-256 of the request in hexadecimal; the same key with another hash is
    ///   refused
    public record IdempotencyKey(String key, String bodyHash) {}

    public WriteRequest {
        items = List.copyOf(items);
        if (items.isEmpty() || items.size() > MOST_ITEMS) {
            throw new IllegalArgumentException(
                    "a request has 1 to " + MOST_ITEMS + " items: " + items.size());
        }
    }
}
