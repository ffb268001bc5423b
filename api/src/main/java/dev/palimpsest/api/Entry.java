package dev.palimpsest.api;

import dev.palimpsest.api.oidc.Issuer;
import dev.palimpsest.api.tls.TlsFiles;
import dev.palimpsest.model.Key;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Who may come in, and how.
///
/// @param requireKeys whether nobody may without a key
/// @param behindProxy whether what lies before the server does TLS, so that keys do not travel in
///   the clear
/// @param hostNames by which the server is called
/// @param auditReads whether the audit log tells of plain reads, too
/// @param tls which certificate it shows; without, it does no TLS
/// @param requestsPerMinute how often a key or token may ask if it does not say itself
/// @param issuer whose tokens are taken beside keys; nobody comes in without either then
public record Entry(
        boolean requireKeys,
        boolean behindProxy,
        Set<String> hostNames,
        boolean auditReads,
        Optional<TlsFiles> tls,
        Optional<Issuer> issuer,
        OptionalInt requestsPerMinute) {

    static final String REQUIRE_KEYS = "PALIMPSEST_REQUIRE_KEYS";
    static final String TLS_CERTIFICATE = "PALIMPSEST_TLS_CERTIFICATE";
    static final String TLS_KEY = "PALIMPSEST_TLS_KEY";
    static final String REQUESTS_PER_MINUTE = "PALIMPSEST_REQUESTS_PER_MINUTE";
    static final String OIDC_ISSUER = "PALIMPSEST_OIDC_ISSUER";
    static final String OIDC_AUDIENCE = "PALIMPSEST_OIDC_AUDIENCE";
    static final String OIDC_JWKS = "PALIMPSEST_OIDC_JWKS";

    /// For this machine alone, without keys.
    public static final Entry LOCAL =
            new Entry(
                    false,
                    false,
                    Set.of(),
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty());

    public Entry {
        requireKeys |= issuer.isPresent();
        hostNames = Set.copyOf(hostNames);
    }

    /// The same, but nobody comes in without a key.
    public Entry requiringKeys() {
        return new Entry(true, behindProxy, hostNames, auditReads, tls, issuer, requestsPerMinute);
    }

    /// Whether keys can be shown to it from elsewhere without being read on the way.
    boolean isPrivate() {
        return behindProxy || tls.isPresent();
    }

    /// The same as flags; some have a variable of the environment in their place.
    public static final class Flags {

        @Option(
                names = "--require-keys",
                description =
                        "Ask for a key on loopback, too; or PALIMPSEST_REQUIRE_KEYS. Keys are made"
                                + " by: palimpsest keys create")
        boolean requireKeys;

        @Option(
                names = "--tls-certificate",
                paramLabel = "FILE.pem",
                description =
                        "Speak HTTPS (TLS 1.2 or 1.3) and show this certificate, with those that"
                                + " vouch for it behind it; or PALIMPSEST_TLS_CERTIFICATE. One that"
                                + " is renewed there is taken up within seconds.")
        @Nullable Path tlsCertificate;

        @Option(
                names = "--tls-key",
                paramLabel = "FILE.pem",
                description = "Its private key, not encrypted; or PALIMPSEST_TLS_KEY.")
        @Nullable Path tlsKey;

        @Option(
                names = "--behind-proxy",
                description =
                        "A proxy before the server does TLS, so that keys do not travel in the"
                                + " clear.")
        boolean behindProxy;

        @Option(
                names = "--host-name",
                paramLabel = "NAME",
                description =
                        "A name by which requests may call the server, such as that of the proxy,"
                                + " beside those in its certificate; may be given again.")
        List<String> hostNames = List.of();

        @Option(
                names = "--oidc-issuer",
                paramLabel = "URL",
                description =
                        "Take bearer tokens of this OpenID Connect issuer, too; or"
                                + " PALIMPSEST_OIDC_ISSUER. Their claim scope (or scp) says"
                                + " palimpsest:read and the like, palimpsest_spaces names spaces,"
                                + " or * for all. Implies --require-keys.")
        @Nullable String oidcIssuer;

        @Option(
                names = "--oidc-audience",
                paramLabel = "NAME",
                description = "Whom they must be for; or PALIMPSEST_OIDC_AUDIENCE.")
        @Nullable String oidcAudience;

        @Option(
                names = "--oidc-jwks",
                paramLabel = "URL",
                description =
                        "Where its signing keys are, if its discovery document does not say; or"
                                + " PALIMPSEST_OIDC_JWKS.")
        @Nullable String oidcJwks;

        @Option(
                names = "--requests-per-minute",
                paramLabel = "N",
                description =
                        "How often each key, and each subject of a token, may ask, where the key"
                                + " does not say; or PALIMPSEST_REQUESTS_PER_MINUTE. Usually as"
                                + " often as it likes.")
        @Nullable String requestsPerMinute;

        @Option(
                names = "--audit-reads",
                description =
                        "Have the audit log tell of plain reads, too, and not only of writes, of"
                                + " forgetting, of looking after the store and of who was refused.")
        boolean auditReads;
    }

    static Entry of(Flags flags, Map<String, String> environment) {
        return new Entry(
                flags.requireKeys || isRequired(environment),
                flags.behindProxy,
                Set.copyOf(flags.hostNames),
                flags.auditReads,
                tls(flags, environment),
                issuer(flags, environment),
                pace(flags, environment));
    }

    private static OptionalInt pace(Flags flags, Map<String, String> environment) {
        var said = Settings.first(flags.requestsPerMinute, environment, REQUESTS_PER_MINUTE);
        if (said.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int pace = Integer.parseInt(said.get());
            Key.requirePace(pace);
            return OptionalInt.of(pace);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(
                    "--requests-per-minute must lie between 1 and "
                            + Key.MOST_REQUESTS
                            + ": "
                            + said.get(),
                    e);
        }
    }

    private static Optional<Issuer> issuer(Flags flags, Map<String, String> environment) {
        var issuer = Settings.first(flags.oidcIssuer, environment, OIDC_ISSUER);
        var audience = Settings.first(flags.oidcAudience, environment, OIDC_AUDIENCE);
        var keys = Settings.first(flags.oidcJwks, environment, OIDC_JWKS);
        if (issuer.isPresent() != audience.isPresent() || (issuer.isEmpty() && keys.isPresent())) {
            throw Failure.usage(
                    "--oidc-issuer and --oidc-audience go together, and --oidc-jwks with both");
        }
        try {
            return issuer.map(url ->
                    new Issuer(URI.create(url), audience.orElseThrow(), keys.map(URI::create)));
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--oidc-issuer and --oidc-jwks: " + e.getMessage(), e);
        }
    }

    private static Optional<TlsFiles> tls(Flags flags, Map<String, String> environment) {
        var certificate = path(flags.tlsCertificate, environment, TLS_CERTIFICATE);
        var key = path(flags.tlsKey, environment, TLS_KEY);
        if (certificate.isPresent() != key.isPresent()) {
            throw Failure.usage("--tls-certificate and --tls-key go together");
        }
        return certificate.map(file -> new TlsFiles(file, key.orElseThrow()));
    }

    private static Optional<Path> path(
            @Nullable Path flag, Map<String, String> environment, String name) {
        return Optional.ofNullable(flag)
                .or(() -> Settings.variable(environment, name).map(Path::of));
    }

    private static boolean isRequired(Map<String, String> environment) {
        return Settings.variable(environment, REQUIRE_KEYS)
                .map(word ->
                        switch (word.strip().toLowerCase(Locale.ROOT)) {
                            case "true", "yes", "1" -> true;
                            case "false", "no", "0" -> false;
                            default ->
                                    throw Failure.usage(
                                            REQUIRE_KEYS + " must be true or false: " + word);
                        })
                .orElse(false);
    }
}
