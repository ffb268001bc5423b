package dev.palimpsest.api.command;

import dev.palimpsest.api.client.Client;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
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
    private static final int INTERNAL_ERROR = -32_603;

    /// For answers still under way when the agent is gone.
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(10);

    private final HttpClientStreamableHttpTransport server;
    private final McpJsonMapper json = McpJsonDefaults.getMapper();
    private final PrintStream out;
    private final Phaser underWay = new Phaser(1);

    /// @param server whom to ask, and with which key
    /// @param endpoint of the server, such as `/mcp`
    McpRelay(Client server, String endpoint, PrintStream out) {
        this.server =
                HttpClientStreamableHttpTransport.builder(server.base().toString())
                        .endpoint(endpoint)
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
        if (message instanceof JSONRPCRequest request) {
            underWay.register();
            Thread.ofVirtual().start(() -> ask(request));
        } else {
            // In order: the server takes no call before it was told that the agent is ready.
            server.sendMessage(message).block();
        }
    }

    private void ask(JSONRPCRequest request) {
        try {
            server.sendMessage(request).block();
        } catch (RuntimeException e) {
            tell(failure(request.id(), String.valueOf(e.getMessage())));
        } finally {
            underWay.arriveAndDeregister();
        }
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

    private static JSONRPCResponse failure(Object id, String why) {
        return new JSONRPCResponse(
                McpSchema.JSONRPC_VERSION,
                id,
                null,
                new JSONRPCResponse.JSONRPCError(INTERNAL_ERROR, why, null));
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
