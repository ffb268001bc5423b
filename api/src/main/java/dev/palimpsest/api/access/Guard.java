package dev.palimpsest.api.access;

import java.util.Optional;

/// Finds out who sent a request.
///
/// @param required whether nobody comes in without a key or a token; one that is sent counts either
///   way
/// @param tokens that are taken beside keys
public record Guard(KeyRing keys, boolean required, Optional<BearerTokens> tokens) {

    private static final String SCHEME = "Bearer ";

    /// @param authorization the header of that name
    /// @throws Refused if there is no valid key or token, and one is needed or was sent
    public Principal identify(Optional<String> authorization) {
        if (authorization.isEmpty() && !required) {
            return new Principal.Local();
        }
        var text =
                authorization
                        .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                        .map(header -> header.substring(SCHEME.length()).strip())
                        .orElseThrow(Refused::unknown);
        return KeyText.isLike(text) || tokens.isEmpty()
                ? new Principal.Bearer(keys.bearer(text))
                : tokens.get().bearer(text);
    }
}
