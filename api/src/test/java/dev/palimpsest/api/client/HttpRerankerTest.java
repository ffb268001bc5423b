package dev.palimpsest.api.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import dev.palimpsest.port.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRerankerTest {

    private static final String BOTH =
            """
            {"results": [{"index": 1, "relevance_score": 0.9}, {"index": 0, "relevance_score": -0.5}]}
            """;

    private final BlockingQueue<JsonNode> posted = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> keys = new LinkedBlockingQueue<>();
    private volatile int status = 200;
    private volatile String answer = BOTH;
    private HttpServer server;
    private HttpReranker reranker;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/rerank",
                call -> {
                    posted.add(JsonMapper.builder().build().readTree(call.getRequestBody()));
                    keys.add(
                            Optional.ofNullable(call.getRequestHeaders().getFirst("Authorization"))
                                    .orElse(""));
                    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                    call.sendResponseHeaders(status, body.length);
                    call.getResponseBody().write(body);
                    call.close();
                });
        server.start();
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/rerank");
        reranker =
                new HttpReranker(
                        new HttpReranker.Address(
                                url, Optional.of("small"), Optional.of("se-cret")));
    }

    @AfterEach
    void stop() {
        reranker.close();
        server.stop(0);
    }

    @Test
    void textsGetTheGradesOfTheirPlaces() throws InterruptedException {
        assertThat(reranker.grades("Which?", List.of("one", "two"))).containsExactly(-.5, .9);

        var sent = posted.take();
        assertThat(sent.path("query").asText()).isEqualTo("Which?");
        assertThat(sent.path("documents")).hasSize(2);
        assertThat(sent.path("model").asText()).isEqualTo("small");
        assertThat(keys.take()).isEqualTo("Bearer se-cret");
    }

    @Test
    void nothingIsAskedOfNoTexts() {
        assertThat(reranker.grades("Which?", List.of())).isEmpty();
        assertThat(posted).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "no JSON",
                "{}",
                "{\"results\": [{\"index\": 0, \"relevance_score\": 1}]}",
                "{\"results\": [{\"index\": 0, \"relevance_score\": 1}, {\"index\": 2, \"relevance_score\": 1}]}",
                "{\"results\": [{\"index\": 0, \"relevance_score\": 1}, {\"index\": 1, \"relevance_score\": \"x\"}]}"
            })
    void anAnswerThatDoesNotGradeEveryTextIsNone(String body) {
        answer = body;
        assertThatThrownBy(() -> reranker.grades("Which?", List.of("one", "two")))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("reranker")
                .hasMessageContaining(":" + server.getAddress().getPort() + "/rerank")
                .hasMessageNotContaining("se-cret");
    }

    @Test
    void anAnswerWithoutEndIsNotReadToIt() {
        answer = " ".repeat(20_000_000) + BOTH;
        assertThatThrownBy(() -> reranker.grades("Which?", List.of("one", "two")))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void whoAnswersWithAProblemOrNotAtAllIsUnavailable() {
        status = 500;
        assertThatThrownBy(() -> reranker.grades("Which?", List.of("one", "two")))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("500");
        server.stop(0);
        assertThatThrownBy(() -> reranker.grades("Which?", List.of("one", "two")))
                .isInstanceOf(StoreException.Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rerank",
                "file:///tmp/x",
                "ftp://host/rerank",
                "http:/x",
                "http://host:0/",
                "http://host:70000/"
            })
    void anAddressIsOneOfHttp(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new HttpReranker.Address(
                                URI.create(url), Optional.empty(), Optional.empty()));
    }
}
