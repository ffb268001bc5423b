package dev.palimpsest.api;

import dev.palimpsest.api.client.HttpReranker;
import dev.palimpsest.api.log.LogFormat;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a run of the program is told by flags and the environment; nothing else reads either.
///
/// @param data the folder in which everything lies
/// @param host the address to serve on; beyond loopback keys are always required
/// @param port the port to serve on; 0 takes any that is free
/// @param postgres the server that holds the ledger; our own if empty
/// @param reranker for questions that ask for one
/// @param entry who may come in
/// @param key which of ours to show a server that lives, if it asks for one
public record Settings(
        Path data,
        String host,
        int port,
        Optional<Postgres> postgres,
        Optional<HttpReranker.Address> reranker,
        Entry entry,
        Optional<Secret> key) {

    static final String DATA = "PALIMPSEST_DATA";
    static final String POSTGRES_URL = "PALIMPSEST_POSTGRES_URL";
    static final String POSTGRES_USER = "PALIMPSEST_POSTGRES_USER";
    static final String POSTGRES_PASSWORD = "PALIMPSEST_POSTGRES_PASSWORD";

    static final String RERANK_URL = "PALIMPSEST_RERANK_URL";
    static final String RERANK_MODEL = "PALIMPSEST_RERANK_MODEL";
    static final String RERANK_KEY = "PALIMPSEST_RERANK_KEY";

    static final String KEY = "PALIMPSEST_KEY";

    static final String LOG_FORMAT = "PALIMPSEST_LOG_FORMAT";

    /// The port to serve on if nobody says.
    public static final int USUAL_PORT = 7400;

    /// A PostgreSQL that somebody else runs.
    ///
    /// @param url such as `jdbc:postgresql://host:5432/database`; may name the user, too
    public record Postgres(String url, Optional<String> user, Optional<String> password) {

        /// The URL with user and password in it.
        String jdbcUrl() {
            var whole = new StringBuilder(url);
            user.ifPresent(name -> add(whole, "user", name));
            password.ifPresent(word -> add(whole, "password", word));
            return whole.toString();
        }

        private static void add(StringBuilder whole, String name, String value) {
            whole.append(whole.indexOf("?") < 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }

        /// Without secrets.
        @Override
        public String toString() {
            return url.replaceFirst("\\?.*", "");
        }
    }

    /// What must not be printed.
    public record Secret(String text) {

        @Override
        public String toString() {
            return "***";
        }
    }

    public Settings {
        if (!isLoopback(host)) {
            requirePrivacy(host, entry);
            entry = entry.requiringKeys();
        }
        if (port < 0 || port > 65_535) {
            throw Failure.usage("--port must lie between 0 and 65535: " + port);
        }
    }

    /// With no reranker, and without keys.
    public Settings(Path data, String host, int port, Optional<Postgres> postgres) {
        this(data, host, port, postgres, Optional.empty());
    }

    /// Without keys.
    public Settings(
            Path data,
            String host,
            int port,
            Optional<Postgres> postgres,
            Optional<HttpReranker.Address> reranker) {
        this(data, host, port, postgres, reranker, Entry.LOCAL, Optional.empty());
    }

    /// Where the data lies, as flags; each has a variable of the environment in its place.
    public static final class Flags {

        @Option(
                names = "--data",
                paramLabel = "FOLDER",
                description = {
                    "Where everything is kept; or PALIMPSEST_DATA.",
                    "Usually ~/.local/share/palimpsest, for root /var/lib/palimpsest."
                })
        @Nullable Path data;

        @Option(
                names = "--postgres-url",
                paramLabel = "URL",
                description =
                        "Keep the ledger in this PostgreSQL (15 or newer), such as"
                                + " jdbc:postgresql://host/db, not in one of our own; or"
                                + " PALIMPSEST_POSTGRES_URL.")
        @Nullable String postgresUrl;

        @Option(
                names = "--postgres-user",
                paramLabel = "NAME",
                description = "Its user; or PALIMPSEST_POSTGRES_USER.")
        @Nullable String postgresUser;

        @Option(
                names = "--postgres-password",
                paramLabel = "WORD",
                description =
                        "Its password. Others can see it here: better say"
                                + " PALIMPSEST_POSTGRES_PASSWORD.")
        @Nullable String postgresPassword;

        @Option(
                names = "--rerank-url",
                paramLabel = "URL",
                description =
                        "A reranker in the common form of `/rerank`, for questions that ask for it;"
                                + " or PALIMPSEST_RERANK_URL. Its key: PALIMPSEST_RERANK_KEY.")
        @Nullable String rerankUrl;

        @Option(
                names = "--rerank-model",
                paramLabel = "NAME",
                description = "Which of its models; or PALIMPSEST_RERANK_MODEL.")
        @Nullable String rerankModel;

        /// The settings these flags and this process's environment make.
        public Settings settings() {
            return settings("127.0.0.1", 0);
        }

        /// The same, to be served there, to this machine alone.
        public Settings settings(String host, int port) {
            return of(this, System.getenv(), host, port);
        }

        /// The same, to be served there to whoever may come in.
        public Settings settings(String host, int port, Entry.Flags entry) {
            return of(this, System.getenv(), host, port, Entry.of(entry, System.getenv()));
        }
    }

    /// How what is logged is to be written: as the flag says, else the environment, else as text.
    public static LogFormat logFormat(@Nullable String flag) {
        return logFormat(flag, System.getenv());
    }

    static LogFormat logFormat(@Nullable String flag, Map<String, String> environment) {
        try {
            return first(flag, environment, LOG_FORMAT)
                    .map(LogFormat::parse)
                    .orElse(LogFormat.TEXT);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--log-format " + e.getMessage(), e);
        }
    }

    /// To be served to this machine alone, without keys, whatever the environment says of that.
    static Settings of(Flags flags, Map<String, String> environment, String host, int port) {
        return of(flags, environment, host, port, Entry.LOCAL);
    }

    static Settings of(
            Flags flags, Map<String, String> environment, String host, int port, Entry entry) {
        var data =
                Optional.ofNullable(flags.data)
                        .or(() -> variable(environment, DATA).map(Path::of))
                        .orElseGet(() -> usualFolder(environment));
        var postgres =
                first(flags.postgresUrl, environment, POSTGRES_URL)
                        .map(url ->
                                new Postgres(
                                        url,
                                        first(flags.postgresUser, environment, POSTGRES_USER),
                                        first(
                                                flags.postgresPassword,
                                                environment,
                                                POSTGRES_PASSWORD)));
        return new Settings(
                data.toAbsolutePath().normalize(),
                host,
                port,
                postgres,
                first(flags.rerankUrl, environment, RERANK_URL)
                        .map(url -> reranker(url, flags, environment)),
                entry,
                variable(environment, KEY).map(Secret::new));
    }

    private static HttpReranker.Address reranker(
            String url, Flags flags, Map<String, String> environment) {
        try {
            return new HttpReranker.Address(
                    URI.create(url),
                    first(flags.rerankModel, environment, RERANK_MODEL),
                    variable(environment, RERANK_KEY));
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--rerank-url must be an address of http or https: " + url, e);
        }
    }

    private static Path usualFolder(Map<String, String> environment) {
        if (System.getProperty("user.name", "").equals("root")) {
            return Path.of("/var/lib/palimpsest");
        }
        return variable(environment, "XDG_DATA_HOME")
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home", "."), ".local", "share"))
                .resolve("palimpsest");
    }

    static Optional<String> first(
            @Nullable String flag, Map<String, String> environment, String name) {
        return Optional.ofNullable(flag).or(() -> variable(environment, name));
    }

    static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw Failure.usage("--host " + host + " is no address of this machine", e);
        }
    }

    private static void requirePrivacy(String host, Entry entry) {
        if (!entry.isPrivate()) {
            throw Failure.usage(
                    "--host "
                            + host
                            + " is refused: keys would travel in the clear; serve on 127.0.0.1, give"
                            + " --tls-certificate and --tls-key, or have a proxy before it do TLS"
                            + " and say --behind-proxy");
        }
    }
}
