package dev.palimpsest.api.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palimpsest.api.tls.PinnedTrust;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/// Talks to one server. Safe for use by many threads.
///
/// A request that was turned away because the server is busy is made again, for a while, as the
/// server says, unless what is asked for is a file or lines; every other problem is a
/// [ProblemException].
public final class Client implements AutoCloseable {

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(5);
    private static final Duration LONGEST_UPLOAD = Duration.ofHours(2);
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final int FIRST_PROBLEM = 300;
    private static final int MOST_TRIES = 30;

    /// A server that turns one away late has taken much of it for nothing.
    private static final int MOST_UPLOADS = 5;

    private static final int LONGEST_PROBLEM = 64 * 1024;

    /// After so many tries in vain whoever waits is told why.
    private static final int PATIENCE = 2;

    private final URI base;
    private final Optional<String> authorization;
    private final Optional<SSLContext> tls;
    private final HttpClient http;
    private volatile Consumer<String> waiting = _ -> {};

    /// @param base such as `http://127.0.0.1:7400`
    public Client(URI base) {
        this(base, Optional.empty());
    }

    /// @param key to be shown with every request
    public Client(URI base, Optional<String> key) {
        this(base, key, Optional.empty());
    }

    /// Talks to a server that shows one of the certificates in a file, and to no other.
    ///
    /// @param base such as `https://127.0.0.1:7400`
    /// @param certificates PEM
    public static Client overTls(URI base, Optional<String> key, Path certificates) {
        return new Client(base, key, Optional.of(PinnedTrust.context(certificates)));
    }

    private Client(URI base, Optional<String> key, Optional<SSLContext> tls) {
        this.base = base;
        this.authorization = key.map(text -> "Bearer " + text);
        this.tls = tls;
        var made =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(LONGEST_CONNECT);
        tls.ifPresent(made::sslContext);
        this.http = made.build();
    }

    public URI base() {
        return base;
    }

    /// What it shows with every request, to be shown by others who ask the same server.
    public Optional<String> authorization() {
        return authorization;
    }

    /// Whom it trusts over TLS, for the same.
    public Optional<SSLContext> tls() {
        return tls;
    }

    /// Has `listener` told, line by line, why a request has to be made again and again.
    public void whenWaiting(Consumer<String> listener) {
        waiting = listener;
    }

    public JsonNode get(String path) {
        return send(request(path).GET().build());
    }

    public JsonNode put(String path, JsonNode body) {
        return send(json(path).PUT(BodyPublishers.ofByteArray(bytes(body))).build());
    }

    public JsonNode post(String path, JsonNode body) {
        return send(json(path).POST(BodyPublishers.ofByteArray(bytes(body))).build());
    }

    public JsonNode delete(String path) {
        return send(request(path).DELETE().build());
    }

    /// Gets what is no JSON into a file.
    public void download(String path, Path file) throws IOException {
        try {
            var response =
                    http.send(
                            request(path).GET().build(),
                            BodyHandlers.ofFile(
                                    file,
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.TRUNCATE_EXISTING,
                                    StandardOpenOption.WRITE));
            if (response.statusCode() >= FIRST_PROBLEM) {
                var problem = JSON.readTree(Files.readAllBytes(file));
                Files.delete(file);
                throw ProblemException.of(response.statusCode(), problem);
            }
        } catch (ConnectException e) {
            throw ProblemException.unreachable(base, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.unreachable(base, e);
        }
    }

    /// Posts what is in a file, once the server says that it takes it.
    public JsonNode postFile(String path, Path file) {
        try {
            return send(
                    request(path)
                            .timeout(LONGEST_UPLOAD)
                            .expectContinue(true)
                            .header("Content-Type", "application/octet-stream")
                            .POST(BodyPublishers.ofFile(file))
                            .build(),
                    MOST_UPLOADS);
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The first `most` of the lines of JSON found there.
    public List<JsonNode> lines(String path, int most) {
        try {
            var response = http.send(request(path).GET().build(), BodyHandlers.ofInputStream());
            try (var in = response.body()) {
                if (response.statusCode() >= FIRST_PROBLEM) {
                    throw ProblemException.of(
                            response.statusCode(),
                            tree(response.statusCode(), in.readNBytes(LONGEST_PROBLEM)));
                }
                return lines(in, most);
            }
        } catch (IOException e) {
            throw ProblemException.unreachable(base, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.unreachable(base, e);
        }
    }

    private static List<JsonNode> lines(InputStream in, int most) throws IOException {
        try (var lines = JSON.readerFor(JsonNode.class).<JsonNode>readValues(in)) {
            var read = new ArrayList<JsonNode>();
            while (read.size() < most && lines.hasNextValue()) {
                read.add(lines.nextValue());
            }
            return read;
        }
    }

    /// `text` as one segment of a path, or a value of a query.
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(LONGEST_ANSWER);
        authorization.ifPresent(key -> request.header("Authorization", key));
        return request;
    }

    private HttpRequest.Builder json(String path) {
        return request(path).header("Content-Type", "application/json");
    }

    private JsonNode send(HttpRequest request) {
        return send(request, MOST_TRIES);
    }

    private JsonNode send(HttpRequest request, int mostTries) {
        try {
            for (int tried = 1; ; tried++) {
                var response = http.send(request, BodyHandlers.ofByteArray());
                if (response.statusCode() < FIRST_PROBLEM) {
                    return tree(response);
                }
                if (!isBusy(response) || tried == mostTries) {
                    throw ProblemException.of(response.statusCode(), tree(response));
                }
                if (tried % PATIENCE == 0) {
                    waiting.accept(
                            tree(response).path("detail").asText("the server is busy")
                                    + " (asked "
                                    + tried
                                    + " of "
                                    + mostTries
                                    + " times)");
                }
                Thread.sleep(retryAfter(response));
            }
        } catch (IOException e) {
            throw ProblemException.unreachable(base, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.unreachable(base, e);
        }
    }

    private static boolean isBusy(HttpResponse<byte[]> response) {
        return (response.statusCode() == TOO_MANY || response.statusCode() == UNAVAILABLE)
                && response.headers().firstValue("Retry-After").isPresent();
    }

    private static Duration retryAfter(HttpResponse<byte[]> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("[0-9]{1,2}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(Duration.ofSeconds(1));
    }

    private static byte[] bytes(JsonNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    private static JsonNode tree(HttpResponse<byte[]> response) throws IOException {
        return tree(response.statusCode(), response.body());
    }

    private static JsonNode tree(int status, byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "the answer (status " + status + ") is not JSON; is this a palimpsest?", e);
        }
    }
}
