package dev.palimpsest.api.access;

/// Tells whose a bearer token of somebody else is. Safe for use by many threads.
public interface BearerTokens {

    /// @throws Refused if it is none, or none that is valid now
    /// @throws dev.palimpsest.port.StoreException.Unavailable if that cannot be found out now
    Principal bearer(String token);
}
