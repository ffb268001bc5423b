package dev.palimpsest.api.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;

/// A client that holds each request it succeeds with, and every answer, to openapi.yaml.
final class ApiClient {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final DescribedApi API = new DescribedApi();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port;

    ApiClient(int port) {
        this.port = port;
    }

    /// An answer, as openapi.yaml says it may be.
    record Reply(int status, String type, String text, Map<String, String> headers) {

        JsonNode json() {
            return tree(text);
        }

        Reply expecting(int wanted) {
            assertThat(status).describedAs(text).isEqualTo(wanted);
            return this;
        }
    }

    Reply get(String path) {
        return send("GET", path, "", Map.of());
    }

    Reply post(String path, String json) {
        return send("POST", path, json, Map.of("Content-Type", "application/json"));
    }

    Reply put(String path, String json) {
        return send("PUT", path, json, Map.of("Content-Type", "application/json"));
    }

    Reply postLines(String path, String lines) {
        return send("POST", path, lines, Map.of("Content-Type", "application/x-ndjson"));
    }

    Reply send(String method, String path, String body, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        headers.forEach(request::header);
        request.method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        try {
            var reply = reply(HTTP.send(request.build(), BodyHandlers.ofString()));
            requireDescribed(method, path, body, headers, reply);
            return reply;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Reply reply(HttpResponse<String> response) {
        var type = response.headers().firstValue("Content-Type").orElse("");
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
        return new Reply(
                response.statusCode(), type.replaceFirst(";.*", ""), response.body(), headers);
    }

    /// Holds an answer, and the request that it lets pass, to openapi.yaml.
    static void requireDescribed(
            String method, String path, String body, Map<String, String> headers, Reply reply) {
        var found = API.find(method, path);
        if (found.isEmpty()) {
            assertThat(reply.status()).describedAs(reply.text()).isIn(404, 405);
            return;
        }
        var operation = found.get();
        var described = API.response(operation, reply.status());
        var what = operation + " answered " + reply.status() + " " + reply.text();
        assertThat(described.isMissingNode()).describedAs(what).isFalse();
        var content = described.path("content").path(reply.type());
        assertThat(content.isMissingNode()).describedAs(what + reply.type()).isFalse();
        if (reply.type().endsWith("json") && !reply.type().endsWith("ndjson")) {
            assertThat(API.flaws(content.path("schema"), reply.json())).describedAs(what).isEmpty();
        }
        if (described.path("headers").has("Retry-After")) {
            assertThat(reply.headers()).containsKey("Retry-After");
        }
        if (reply.status() < 300) {
            requireRequestDescribed(operation, path, body, headers);
        }
    }

    private static void requireRequestDescribed(
            DescribedApi.Operation operation,
            String path,
            String body,
            Map<String, String> headers) {
        for (var pair : path.replaceFirst("[^?]*\\??", "").split("&")) {
            var name = pair.replaceFirst("=.*", "");
            assertThat(name.isEmpty() || API.queryParameters(operation).contains(name))
                    .describedAs("%s takes %s", operation, name)
                    .isTrue();
        }
        var type = headers.getOrDefault("Content-Type", "");
        var schema = API.requestSchema(operation, type);
        if (type.equals("application/json") && !schema.isMissingNode()) {
            var flaws = API.flaws(schema, tree(body));
            assertThat(flaws).describedAs("%s took %s", operation, body).isEmpty();
        }
    }

    static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
