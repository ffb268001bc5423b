package dev.palimpsest.api.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DatabindException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palimpsest.api.wire.WireJson;
import java.io.FileNotFoundException;
import java.io.IOException;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/// Sends requests to one server and reads its answers, as trees of JSON or as records of
/// [dev.palimpsest.api.wire]. Safe for use by many threads. [Client] knows the paths.
///
/// A request that was turned away because the server is busy is made again, for a while, as the
/// server says, unless what is asked for is a file or lines; every other problem is a
/// [ProblemException].
public final class JsonHttp implements AutoCloseable {

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(5);
    private static final Duration LONGEST_UPLOAD = Duration.ofHours(2);
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final int FIRST_PROBLEM = 300;
    private static final int MOST_TRIES = 30;
    private static final int PAGE = 1_000;

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

    JsonHttp(URI base, Optional<String> key, Optional<SSLContext> tls) {
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

    URI base() {
        return base;
    }

    Optional<String> authorization() {
        return authorization;
    }

    Optional<SSLContext> tls() {
        return tls;
    }

    void whenWaiting(Consumer<String> listener) {
        waiting = listener;
    }

    public JsonNode get(String path) {
        return send(request(path).GET().build(), JSON::readTree);
    }

    public <T> T get(String path, Class<T> answer) {
        return send(request(path).GET().build(), body -> WireJson.read(body, answer));
    }

    public JsonNode put(String path, JsonNode body) {
        return send(putting(path, body), JSON::readTree);
    }

    /// @param body a record of the wire, or a tree
    public <T> T put(String path, Object body, Class<T> answer) {
        return send(putting(path, body), bytes -> WireJson.read(bytes, answer));
    }

    public JsonNode post(String path, JsonNode body) {
        return send(posting(path, body), JSON::readTree);
    }

    /// @param body a record of the wire, or a tree
    public <T> T post(String path, Object body, Class<T> answer) {
        return send(posting(path, body), bytes -> WireJson.read(bytes, answer));
    }

    public JsonNode delete(String path) {
        return send(request(path).DELETE().build(), JSON::readTree);
    }

    public <T> T delete(String path, Class<T> answer) {
        return send(request(path).DELETE().build(), body -> WireJson.read(body, answer));
    }

    /// The elements of a list. The first page is read now, others when the stream gets there.
    ///
    /// @param path of the list, with what narrows it, but for `limit` and `cursor`
    public <T> Stream<T> list(String path, Class<T> element) {
        var first = path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE;
        return Pages.stream(cursor ->
                send(
                        request(first + cursor.map(key -> "&cursor=" + segment(key)).orElse(""))
                                .GET()
                                .build(),
                        body -> WireJson.readPage(body, element)));
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
        return send(postingFile(path, file), MOST_UPLOADS, JSON::readTree);
    }

    public <T> T postFile(String path, Path file, Class<T> answer) {
        return send(postingFile(path, file), MOST_UPLOADS, body -> WireJson.read(body, answer));
    }

    /// The first `most` of the lines of JSON found there.
    public List<JsonNode> lines(String path, int most) {
        return lines(path, JsonNode.class, most);
    }

    public <T> List<T> lines(String path, Class<T> line, int most) {
        try {
            var response = http.send(request(path).GET().build(), BodyHandlers.ofInputStream());
            try (var in = response.body()) {
                if (response.statusCode() >= FIRST_PROBLEM) {
                    throw ProblemException.of(
                            response.statusCode(),
                            read(
                                    response.statusCode(),
                                    in.readNBytes(LONGEST_PROBLEM),
                                    JSON::readTree));
                }
                return WireJson.readLines(in, line, most);
            }
        } catch (IOException e) {
            throw ProblemException.unreachable(base, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.unreachable(base, e);
        }
    }

    /// `text` as one segment of a path, or a value of a query.
    static String segment(String text) {
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

    private HttpRequest putting(String path, Object body) {
        return json(path).PUT(BodyPublishers.ofByteArray(WireJson.write(body))).build();
    }

    private HttpRequest posting(String path, Object body) {
        return json(path).POST(BodyPublishers.ofByteArray(WireJson.write(body))).build();
    }

    private HttpRequest.Builder json(String path) {
        return request(path).header("Content-Type", "application/json");
    }

    private HttpRequest postingFile(String path, Path file) {
        try {
            return request(path)
                    .timeout(LONGEST_UPLOAD)
                    .expectContinue(true)
                    .header("Content-Type", "application/octet-stream")
                    .POST(BodyPublishers.ofFile(file))
                    .build();
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Makes something of the body of an answer.
    private interface Reading<T> {
        T read(byte[] body) throws IOException;
    }

    private <T> T send(HttpRequest request, Reading<T> reading) {
        return send(request, MOST_TRIES, reading);
    }

    private <T> T send(HttpRequest request, int mostTries, Reading<T> reading) {
        try {
            for (int tried = 1; ; tried++) {
                var response = http.send(request, BodyHandlers.ofByteArray());
                if (response.statusCode() < FIRST_PROBLEM) {
                    return read(response.statusCode(), response.body(), reading);
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

    private static JsonNode tree(HttpResponse<byte[]> response) throws IOException {
        return read(response.statusCode(), response.body(), JSON::readTree);
    }

    private static <T> T read(int status, byte[] body, Reading<T> reading) throws IOException {
        try {
            return reading.read(body);
        } catch (DatabindException e) {
            throw new IOException(
                    "the answer (status "
                            + status
                            + ") is not what was asked for: "
                            + e.getOriginalMessage(),
                    e);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "the answer (status " + status + ") is not JSON; is this a palimpsest?", e);
        }
    }
}
