package dev.palimpsest.datasets.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Whoever has data of their own can measure with it.
class OwnDataIT {

    private static final String ASKED =
            """
            [{"question_id": "q1", "question_type": "single-session-user",
              "question": "Which instrument did I buy last week?", "answer": "a cello",
              "question_date": "2023/05/30 (Tue) 23:40",
              "haystack_dates": ["2023/05/20 (Sat) 09:05", "2023/05/24 (Wed) 02:21"],
              "haystack_session_ids": ["s1", "s2"],
              "haystack_sessions": [
                [{"role": "user", "content": "How do I water a fern?"},
                 {"role": "assistant", "content": "Once a week."}],
                [{"role": "user", "content": "I bought an instrument, a cello", "has_answer": true},
                 {"role": "assistant", "content": "Congratulations!"}]],
              "answer_session_ids": ["s2"]}]
            """;

    private final List<String> messages = new CopyOnWriteArrayList<>();

    @TempDir Path folder;

    @Test
    void evidenceIsFoundAndAModelAnswersFromIt() throws IOException {
        var file = Files.writeString(folder.resolve("asked.json"), ASKED).toString();
        var model = model();
        try {
            var found = printed("retrieval", "--longmemeval", file);
            assertThat(found).contains("longmemeval", "single-session-user", "1 questions");

            var url = "http://127.0.0.1:" + model.getAddress().getPort() + "/v1/chat/completions";
            var answered = printed("qa", "--longmemeval", file, "--model-url", url);
            assertThat(answered).containsPattern("longmemeval +all +1 +1.000 +1.000");
            assertThat(messages)
                    .singleElement()
                    .asString()
                    .contains("a cello", "2023-05-24", "Which instrument", "It is 2023-05-30");
        } finally {
            model.stop(0);
        }
    }

    private HttpServer model() throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/v1/chat/completions",
                call -> {
                    var asked = JsonMapper.builder().build().readTree(call.getRequestBody());
                    messages.add(asked.at("/messages/0/content").asText());
                    byte[] body =
                            "{\"choices\": [{\"message\": {\"content\": \"A cello.\"}}]}"
                                    .getBytes(StandardCharsets.UTF_8);
                    call.sendResponseHeaders(200, body.length);
                    call.getResponseBody().write(body);
                    call.close();
                });
        server.start();
        return server;
    }

    private static String printed(String... arguments) {
        var out = System.out;
        var bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertThat(new CommandLine(new BenchCommand()).execute(arguments)).isZero();
        } finally {
            System.setOut(out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
