package dev.palimpsest.datasets.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExchangeTest {

    private static final int CHUNKED = 0;
    private static final int NO_BODY = -1;

    private HttpServer server;
    private URI url;

    @BeforeEach
    void echo() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                call -> {
                    byte[] body = call.getRequestBody().readAllBytes();
                    switch (call.getRequestURI().getPath()) {
                        case "/whole" -> call.sendResponseHeaders(200, body.length);
                        case "/chunks" -> call.sendResponseHeaders(200, CHUNKED);
                        default -> {
                            call.getResponseHeaders().add("Retry-After", "2");
                            call.sendResponseHeaders(429, NO_BODY);
                            body = new byte[0];
                        }
                    }
                    call.getResponseBody().write(body);
                    call.close();
                });
        server.start();
        url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void understandsAnswersOfKnownAndOfUnknownLengthOnOneConnection() throws IOException {
        var text = "{\"text\": \"" + "ü".repeat(100_000) + "\"}";
        byte[] json = text.getBytes(StandardCharsets.UTF_8);
        try (var exchange = new Exchange(url)) {
            for (var path : new String[] {"/whole", "/chunks", "/whole"}) {
                var reply = exchange.post(path, json);

                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.body()).isEqualTo(text);
            }
        }
    }

    @Test
    void tellsWhenToTryAgain() throws IOException {
        try (var exchange = new Exchange(url)) {
            var reply = exchange.post("/busy", new byte[0]);

            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.headers()).containsAllEntriesOf(Map.of("retry-after", "2"));
        }
    }

    @Test
    void anAnswerCutShortIsNoAnswer() throws Exception {
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var cutting =
                    Thread.ofPlatform()
                            .start(() -> {
                                try (var socket = listening.accept()) {
                                    socket.getInputStream().read(new byte[1_024]);
                                    socket.getOutputStream()
                                            .write(
                                                    "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"
                                                            .getBytes(StandardCharsets.US_ASCII));
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
            var cut = URI.create("http://127.0.0.1:" + listening.getLocalPort());
            try (var exchange = new Exchange(cut)) {
                assertThatThrownBy(() -> exchange.post("/", new byte[] {'{', '}'}))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("ended the connection");
            }
            cutting.join();
        }
    }
}
