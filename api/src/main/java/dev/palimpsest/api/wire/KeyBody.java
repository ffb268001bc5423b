package dev.palimpsest.api.wire;

import dev.palimpsest.model.Key;
import dev.palimpsest.model.Key.Reach;
import dev.palimpsest.model.Scope;
import dev.palimpsest.model.SpaceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key.
///
/// @param spaces their names, or `*` alone
/// @param key its text, only in the answer to making it
public record KeyBody(
        String id,
        String name,
        List<String> scopes,
        List<String> spaces,
        String created,
        @Nullable String expires,
        @Nullable String revoked,
        @Nullable Integer requestsPerMinute,
        @Nullable String key) {

    /// For all spaces.
    public static final String EVERYWHERE = "*";

    public static KeyBody of(Key key) {
        return of(key, null);
    }

    /// With its text, which nobody can tell later.
    public static KeyBody made(Key key, String text) {
        return of(key, text);
    }

    private static KeyBody of(Key key, @Nullable String text) {
        return new KeyBody(
                key.id(),
                key.name().value(),
                key.scopes().stream().sorted().map(Scope::word).toList(),
                switch (key.reach()) {
                    case Reach.Everywhere _ -> List.of(EVERYWHERE);
                    case Reach.Within(var spaces) ->
                            spaces.stream().map(SpaceId::value).sorted().toList();
                },
                key.created().toString(),
                key.expires().map(Instant::toString).orElse(null),
                key.revoked().map(Instant::toString).orElse(null),
                key.requestsPerMinute().isPresent() ? key.requestsPerMinute().getAsInt() : null,
                text);
    }
}
