package dev.palimpsest.api.oidc;

import java.net.URI;
import java.util.Optional;

/// Whose tokens are taken.
///
/// @param url as its tokens name it
/// @param audience that a token must be for
/// @param keys where its signing keys are; else its discovery document tells
public record Issuer(URI url, String audience, Optional<URI> keys) {

    public Issuer {
        requirePrivate(url);
        keys.ifPresent(Issuer::requirePrivate);
        if (audience.isBlank()) {
            throw new IllegalArgumentException("the audience must be a name");
        }
    }

    /// Keys that come over the net in the clear could be anybody's.
    static void requirePrivate(URI url) {
        boolean isLocal =
                "http".equals(url.getScheme())
                        && ("127.0.0.1".equals(url.getHost()) || "localhost".equals(url.getHost()));
        if (url.getHost() == null || !("https".equals(url.getScheme()) || isLocal)) {
            throw new IllegalArgumentException(
                    "must be an address of https, or of http on 127.0.0.1: " + url);
        }
    }

    /// Where it describes itself.
    URI discovery() {
        var base = url.toString();
        return URI.create(
                (base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                        + "/.well-known/openid-configuration");
    }
}
