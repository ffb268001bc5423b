package dev.palimpsest.api.tls;

import java.nio.file.Path;

/// Where the certificate of a server and its key are kept.
///
/// @param certificate PEM: the server's own first, then those that vouch for it
/// @param key PEM, not encrypted
public record TlsFiles(Path certificate, Path key) {}
