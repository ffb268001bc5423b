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
import io.modelcontextprotocol.spec.McpTransportSessionNotFoundException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Hands the messages of an agent, one a line, to the server that lives, and its answers back.
final class McpRelay {

    private static final int PARSE_ERROR = -32_700;
    private static final int INVALID_REQUEST = -32_600;
    private static final int INTERNAL_ERROR = -32_603;
    private static final String FIRST = "a session begins with a request to initialize";

    /// For answers still under way when the agent is gone.
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(10);

    /// For what later messages wait for: that a session is begun, that the server was told.
    private static final Duration LONGEST_TURN = Duration.ofMinutes(1);

    private final Client server;
    private final String endpoint;
    private final McpJsonMapper json = ExactJson.mapper();
    private final PrintStream out;

    /// The requests that nothing was told about yet; guarded by this.
    private final Set<Object> unanswered = new HashSet<>();

    /// Who speaks for the agent since it last asked for a session. A transport keeps the first
    /// session it hears of, also where that is none; so each has its own.
    private Optional<HttpClientStreamableHttpTransport> session = Optional.empty();

    /// @param server whom to ask, and with which key
    /// @param endpoint of the server, such as `/mcp`
    McpRelay(Client server, String endpoint, PrintStream out) {
        this.server = server;
        this.endpoint = endpoint;
        this.out = out;
    }

    private HttpClientStreamableHttpTransport transport() {
        return HttpClientStreamableHttpTransport.builder(server.base().toString())
                .endpoint(endpoint)
                .jsonMapper(json)
                .customizeClient(client -> server.tls().ifPresent(client::sslContext))
                .addHttpRequestCustomizer((request, _, _, _, _) ->
                        server.authorization()
                                .ifPresent(key -> request.setHeader("Authorization", key)))
                .build();
    }

    /// Relays until `in` ends.
    void run(InputStream in) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank()) {
                relay(line);
            }
        }
        leave();
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
            begin(request);
        } else if (session.isPresent()) {
            var asked = session.get();
            awaitAnswer(request);
            Thread.ofVirtual().start(() -> ask(request, () -> asked.sendMessage(request).block()));
        } else {
            tell(failure(request.id(), INVALID_REQUEST, FIRST));
        }
    }

    /// What comes after it belongs to the session that it begins, and waits for that.
    private void begin(JSONRPCRequest request) {
        leave();
        var next = transport();
        next.connect(incoming -> incoming.doOnNext(this::tell)).block(LONGEST_TURN);
        session = Optional.of(next);
        awaitAnswer(request);
        ask(request, () -> next.sendMessage(request).block(LONGEST_TURN));
    }

    /// In order: the server takes no call before it was told that the agent is ready. What asks for
    /// no answer gets none, also where it could not be handed on.
    private void hand(JSONRPCMessage message) {
        if (session.isEmpty()) {
            System.err.println("palimpsest: a message was left out: " + FIRST);
            return;
        }
        try {
            session.get().sendMessage(message).block(LONGEST_TURN);
        } catch (RuntimeException e) {
            System.err.println("palimpsest: the server did not take a message: " + reason(e));
        }
    }

    private void ask(JSONRPCRequest request, Runnable sending) {
        try {
            sending.run();
        } catch (RuntimeException e) {
            tell(failure(request.id(), INTERNAL_ERROR, reason(e)));
        }
    }

    private static String reason(RuntimeException failure) {
        return switch (failure) {
            case McpHttpClientTransportAuthorizationException _ ->
                    "the server wants another key: set PALIMPSEST_KEY to one that may do this";
            case McpTransportSessionNotFoundException _ ->
                    "the server knows the session no more, as after its restart: " + FIRST;
            default -> String.valueOf(failure.getMessage());
        };
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

    private synchronized void awaitAnswer(JSONRPCRequest request) {
        unanswered.add(request.id());
    }

    private synchronized void tell(Object message) {
        try {
            out.println(json.writeValueAsString(message));
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException("an answer is no JSON", e);
        }
        if (message instanceof JSONRPCResponse answer) {
            unanswered.remove(answer.id());
            notifyAll();
        }
    }

    /// Ends the session, if there is one, after what was asked in it is answered.
    private void leave() {
        try {
            if (!isAllAnswered()) {
                System.err.println("palimpsest: the agent left before all was answered");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        session.ifPresent(McpRelay::close);
        session = Optional.empty();
    }

    private synchronized boolean isAllAnswered() throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_GOODBYE.toNanos();
        while (!unanswered.isEmpty()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                unanswered.clear();
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    private static void close(HttpClientStreamableHttpTransport session) {
        try {
            session.closeGracefully().block(LONGEST_GOODBYE);
        } catch (RuntimeException e) {
            System.err.println("palimpsest: a session could not be ended: " + reason(e));
        }
    }
}
