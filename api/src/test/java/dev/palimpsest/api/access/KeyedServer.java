package dev.palimpsest.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.api.Entry;
import dev.palimpsest.api.Server;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.access.KeyRing.Wanted;
import dev.palimpsest.api.oidc.TestIssuer;
import dev.palimpsest.api.route.HttpDoor;
import dev.palimpsest.api.route.HttpSettings;
import dev.palimpsest.model.Key.Reach;
import dev.palimpsest.model.KeyName;
import dev.palimpsest.model.Scope;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.relational.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/// A whole server that requires keys.
public final class KeyedServer implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Server server;
    private final String root;

    /// @param folder an empty one, for its data
    public KeyedServer(Path folder) {
        this(folder, Entry.LOCAL);
    }

    /// One that takes tokens, too.
    static KeyedServer takingTokensOf(TestIssuer issuer, Path folder) {
        var entry =
                new Entry(
                        true,
                        false,
                        Set.of(),
                        false,
                        Optional.empty(),
                        Optional.of(issuer.issuer()),
                        OptionalInt.empty());
        return new KeyedServer(folder, entry);
    }

    /// @param entry what holds beside keys
    KeyedServer(Path folder, Entry entry) {
        var postgres =
                new Settings.Postgres(TestDatabases.freshUrl(), Optional.empty(), Optional.empty());
        server =
                Server.start(
                        new Settings(
                                folder,
                                "127.0.0.1",
                                0,
                                Optional.of(postgres),
                                Optional.empty(),
                                entry.requiringKeys(),
                                Optional.empty()),
                        "serve");
        assertThat(server.awaitReady()).isTrue();
        root = key("*", Scope.READ, Scope.WRITE, Scope.ADMIN);
    }

    /// The same store behind another door, which takes those tokens.
    HttpDoor alsoTaking(BearerTokens tokens) {
        var settings =
                new HttpSettings(
                        "127.0.0.1",
                        0,
                        Set.of(),
                        true,
                        Optional.of(tokens),
                        OptionalInt.empty(),
                        Optional.empty());
        return HttpDoor.start(server.palimpsest().doors(), settings);
    }

    public URI url() {
        return server.url();
    }

    public KeyRing keys() {
        return server.palimpsest().doors().keys();
    }

    /// The text of a new key.
    ///
    /// @param spaces with commas between, or `*`
    public String key(String spaces, Scope... scopes) {
        return key(spaces, Optional.empty(), scopes);
    }

    public String key(String spaces, Optional<Instant> expires, Scope... scopes) {
        var reach =
                spaces.equals("*")
                        ? new Reach.Everywhere()
                        : new Reach.Within(
                                Arrays.stream(spaces.split(","))
                                        .map(SpaceId::new)
                                        .collect(Collectors.toSet()));
        return key(
                new Wanted(
                        new KeyName("test"), Set.of(scopes), reach, expires, OptionalInt.empty()));
    }

    /// The text of a new key that reads all spaces, but not often.
    String slowKey(int requestsPerMinute) {
        return key(
                new Wanted(
                        new KeyName("slow"),
                        Set.of(Scope.READ),
                        new Reach.Everywhere(),
                        Optional.empty(),
                        OptionalInt.of(requestsPerMinute)));
    }

    private String key(Wanted wanted) {
        return keys().make(wanted).text();
    }

    /// With a key that may do everything.
    public HttpResponse<byte[]> asRoot(String method, String path, String body) {
        return send(root, method, path, body);
    }

    /// With a key that may do everything, and these headers.
    public HttpResponse<byte[]> sendWith(
            Map<String, String> headers, String method, String path, String body) {
        return send(root, headers, method, path, body);
    }

    /// @param key empty for none
    public HttpResponse<byte[]> send(String key, String method, String path, String body) {
        return send(key, Map.of(), method, path, body);
    }

    /// @param key empty for none
    public HttpResponse<byte[]> send(
            String key, Map<String, String> headers, String method, String path, String body) {
        var request =
                HttpRequest.newBuilder(url().resolve(path))
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header(
                    "Content-Type",
                    path.contains("/imports") ? "application/x-ndjson" : "application/json");
        }
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        headers.forEach(request::header);
        return send(request.build());
    }

    public static HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
