package dev.palimpsest.api.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonHttpTest {

    @TempDir private Path folder;

    private volatile int status = 200;
    private volatile String answer = "{\"line\": 1}\n{\"line\": 2}\n{\"line\": 3}\n";
    private HttpServer server;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                call -> {
                    call.getRequestBody().readAllBytes();
                    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                    call.sendResponseHeaders(status, body.length);
                    call.getResponseBody().write(body);
                    call.close();
                });
        server.start();
        client = new Client(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void theFirstLinesAreRead() {
        assertThat(client.http().lines("/lines", 2))
                .extracting(line -> line.path("line").asInt())
                .containsExactly(1, 2);
        assertThat(client.http().lines("/lines", 9)).hasSize(3);
    }

    @Test
    void aProblemInThePlaceOfLinesIsSaid() {
        status = 404;
        answer = "{\"detail\": \"there is no import\"}";
        assertThatThrownBy(() -> client.http().lines("/lines", 2))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.status()).isEqualTo(404))
                .hasMessage("there is no import");
    }

    @Test
    void whatIsDownloadedTakesThePlaceOfAllThatWasThere() throws IOException {
        var file = Files.writeString(folder.resolve("a.part"), "x".repeat(1_000));
        answer = "whole";
        client.http().download("/file", file);
        assertThat(file).hasContent("whole");
    }

    @Test
    void aFileIsPosted() throws IOException {
        answer = "{\"id\": 7}";
        var file = Files.writeString(folder.resolve("a.ndjson"), "x".repeat(100_000));
        assertThat(client.http().postFile("/imports", file).path("id").asInt()).isEqualTo(7);
    }
}
