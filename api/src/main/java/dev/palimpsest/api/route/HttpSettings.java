package dev.palimpsest.api.route;

import dev.palimpsest.api.access.BearerTokens;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// Where the HTTP door listens.
///
/// @param host a loopback address, or any where keys are required
/// @param port 0 for any free one
/// @param hostNames by which it may be called beside the names of loopback
/// @param requireKeys whether nobody comes in without a key or a token
/// @param tokens that are taken beside keys
/// @param requestsPerMinute how often a key or token may ask if it does not say itself
/// @param tls with which it speaks HTTPS, and nothing else
public record HttpSettings(
        String host,
        int port,
        Set<String> hostNames,
        boolean requireKeys,
        Optional<BearerTokens> tokens,
        OptionalInt requestsPerMinute,
        Optional<SslContextFactory.Server> tls) {

    /// The names every loopback server answers to.
    static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public HttpSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must lie between 0 and 65535: " + port);
        }
        hostNames = Set.copyOf(hostNames);
    }

    /// Without tokens and TLS.
    public HttpSettings(String host, int port, Set<String> hostNames, boolean requireKeys) {
        this(
                host,
                port,
                hostNames,
                requireKeys,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }

    public static HttpSettings onLoopback(int port) {
        return new HttpSettings("127.0.0.1", port, Set.of(), false);
    }

    /// Every name a request may call this server by.
    Set<String> answersTo() {
        var names = new TreeSet<>(LOOPBACK);
        names.add(host.contains(":") ? "[" + host + "]" : host);
        hostNames.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        return names;
    }
}
