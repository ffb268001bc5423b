package dev.palimpsest.api.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/// An agent that says what no client library lets one say.
public final class RawAgent {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final String BEGIN =
            """
            {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-11-25",
             "capabilities": {}, "clientInfo": {"name": "raw", "version": "1"}}}
            """;

    private final URI door;
    private final String key;
    private final String session;

    /// What came back.
    ///
    /// @param text the message, or what else the body is
    public record Said(int status, String text) {}

    /// Begins a session.
    ///
    /// @param path such as `/mcp`, with a query or without
    public RawAgent(URI server, String path, String key) {
        this.door = server.resolve(path);
        this.key = key;
        this.session =
                send(BEGIN, Optional.empty()).headers().firstValue("Mcp-Session-Id").orElseThrow();
        send("{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}");
    }

    public String session() {
        return session;
    }

    /// Calls a tool with arguments that are JSON, or ought to be.
    public Said call(String tool, String arguments) {
        return send(
                "{\"jsonrpc\": \"2.0\", \"id\": 7, \"method\": \"tools/call\", \"params\": {\"name\": \""
                        + tool
                        + "\", \"arguments\": "
                        + arguments
                        + "}}");
    }

    public Said send(String body) {
        return said(send(body, Optional.of(session)));
    }

    /// Sends `body` as if it were of that session.
    public Said sendIn(String otherSession, String body) {
        return said(send(body, Optional.of(otherSession)));
    }

    private static Said said(HttpResponse<byte[]> reply) {
        var text = new String(reply.body(), UTF_8);
        boolean streams =
                reply.headers()
                        .firstValue("Content-Type")
                        .orElse("")
                        .startsWith("text/event-stream");
        if (!streams) {
            return new Said(reply.statusCode(), text);
        }
        var data = new StringBuilder();
        text.lines()
                .filter(line -> line.startsWith("data:"))
                .forEach(line -> data.append(line.substring("data:".length()).strip()));
        return new Said(reply.statusCode(), data.toString());
    }

    private HttpResponse<byte[]> send(String body, Optional<String> named) {
        var request =
                HttpRequest.newBuilder(door)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, text/event-stream")
                        .header("Authorization", "Bearer " + key)
                        .timeout(LONGEST)
                        .POST(BodyPublishers.ofString(body, UTF_8));
        named.ifPresent(id -> request.header("Mcp-Session-Id", id));
        return KeyedServer.send(request.build());
    }
}
