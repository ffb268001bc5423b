package dev.palimpsest.api.command;

import dev.palimpsest.api.client.Client;
import dev.palimpsest.api.mcp.ExactJson;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.McpHttpClientTransportAuthorizationException;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Hands the messages of an agent, one a line, to the server that lives, and its answers back.
final class McpRelay {

    private static final int PARSE_ERROR = -32_700;
    private static final int INVALID_REQUEST = -32_600;
    private static final int INTERNAL_ERROR = -32_603;
    private static final String FIRST = "a session begins with a request to initialize";

    /// For answers still under way when the agent is gone.
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(10);

    private final HttpClientStreamableHttpTransport server;
    private final McpJsonMapper json = ExactJson.mapper();
    private final PrintStream out;
    private final Phaser underWay = new Phaser(1);

    /// Whether a session was asked for; only the thread that reads asks.
    private boolean isBegun;

    /// @param server whom to ask, and with which key
    /// @param endpoint of the server, such as `/mcp`
    McpRelay(Client server, String endpoint, PrintStream out) {
        this.server =
                HttpClientStreamableHttpTransport.builder(server.base().toString())
                        .endpoint(endpoint)
                        .jsonMapper(json)
                        .customizeClient(client -> server.tls().ifPresent(client::sslContext))
                        .addHttpRequestCustomizer((request, _, _, _, _) ->
                                server.authorization()
                                        .ifPresent(key -> request.setHeader("Authorization", key)))
                        .build();
        this.out = out;
    }

    /// Relays until `in` ends.
    void run(InputStream in) throws IOException {
        server.connect(incoming -> incoming.doOnNext(this::tell)).block();
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank()) {
                relay(line);
            }
        }
        end();
    }

    private void relay(String line) {
        JSONRPCMessage message;
        try {
            message = McpSchema.deserializeJsonRpcMessage(json, line);
        } catch (IOException | RuntimeException e) {
            tell(unreadable(e));
            return;
        }
        if (!(message instanceof JSONRPCRequest request)) {
            hand(message);
        } else if (request.method().equals(McpSchema.METHOD_INITIALIZE)) {
            isBegun = true;
            ask(request); // what comes after it belongs to the session that it begins
        } else if (isBegun) {
            underWay.register();
            Thread.ofVirtual().start(() -> askBeside(request));
        } else {
            tell(failure(request.id(), INVALID_REQUEST, FIRST));
        }
    }

    /// In order: the server takes no call before it was told that the agent is ready. What asks for
    /// no answer gets none, also where it could not be handed on.
    private void hand(JSONRPCMessage message) {
        if (!isBegun) {
            System.err.println("palimpsest: a message was left out: " + FIRST);
            return;
        }
        try {
            server.sendMessage(message).block();
        } catch (RuntimeException e) {
            System.err.println("palimpsest: the server did not take a message: " + reason(e));
        }
    }

    private void askBeside(JSONRPCRequest request) {
        try {
            ask(request);
        } finally {
            underWay.arriveAndDeregister();
        }
    }

    private void ask(JSONRPCRequest request) {
        try {
            server.sendMessage(request).block();
        } catch (RuntimeException e) {
            tell(failure(request.id(), INTERNAL_ERROR, reason(e)));
        }
    }

    private static String reason(RuntimeException failure) {
        return failure instanceof McpHttpClientTransportAuthorizationException
                ? "the server wants another key: set PALIMPSEST_KEY to one that may do this"
                : String.valueOf(failure.getMessage());
    }

    /// What names no request is answered to none.
    private static Map<String, ?> unreadable(Exception why) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("jsonrpc", McpSchema.JSONRPC_VERSION);
        answer.put("id", null);
        answer.put(
                "error",
                Map.of(
                        "code",
                        PARSE_ERROR,
                        "message",
                        "a line is one JSON-RPC message: " + why.getMessage()));
        return answer;
    }

    private static JSONRPCResponse failure(Object id, int code, String why) {
        return new JSONRPCResponse(
                McpSchema.JSONRPC_VERSION,
                id,
                null,
                new JSONRPCResponse.JSONRPCError(code, why, null));
    }

    private synchronized void tell(Object message) {
        try {
            out.println(json.writeValueAsString(message));
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException("an answer is no JSON", e);
        }
    }

    private void end() {
        try {
            int phase = underWay.arrive();
            underWay.awaitAdvanceInterruptibly(
                    phase, LONGEST_GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            System.err.println("palimpsest: the agent left before all was answered");
        }
        server.closeGracefully().block(LONGEST_GOODBYE);
    }
}
