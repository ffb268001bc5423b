package dev.palimpsest.api.access;

import dev.palimpsest.model.Key;
import java.util.Optional;

/// Finds out who sent a request.
///
/// @param required whether nobody comes in without a key; a key that is sent counts either way
public record Guard(KeyRing keys, boolean required) {

    private static final String SCHEME = "Bearer ";

    /// @param authorization the header of that name
    /// @throws Refused if there is no valid key, and one is needed or was sent
    public Principal identify(Optional<String> authorization) {
        if (authorization.isEmpty() && !required) {
            return new Principal.Local();
        }
        return new Principal.Bearer(bearer(authorization));
    }

    private Key bearer(Optional<String> authorization) {
        var text =
                authorization
                        .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                        .map(header -> header.substring(SCHEME.length()).strip())
                        .orElseThrow(Refused::unknown);
        return keys.bearer(text);
    }
}
