package dev.palimpsest.api.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key that is wanted.
///
/// @param scopes of `read`, `write`, `admin`, `approve`
/// @param spaces their names, or `*` alone
/// @param expires until when it lets in; absent if until it is revoked
/// @param requestsPerMinute how often it may ask; absent if as the server says of all
public record NewKeyBody(
        String name,
        List<String> scopes,
        List<String> spaces,
        @Nullable String expires,
        @Nullable Integer requestsPerMinute) {

    public NewKeyBody {
        scopes = List.copyOf(scopes);
        spaces = List.copyOf(spaces);
    }
}
