package dev.palimpsest.datasets.bench.retrieval;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/// Somebody else's language model behind an address of the form that OpenAI's `chat/completions`
/// made common.
public final class ChatModel implements AutoCloseable {

    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(5);
    private static final int OK = 200;
    private static final int LONGEST_TOLD = 200;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;
    private final String name;
    private final Optional<String> key;

    public ChatModel(URI address, String name, Optional<String> key) {
        this.address = address;
        this.name = name;
        this.key = key;
    }

    /// What it replies to a message.
    ///
    /// @throws IOException if it gives no reply
    public String reply(String message) throws IOException, InterruptedException {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("model", name).put("temperature", 0);
        body.putArray("messages").addObject().put("role", "user").put("content", message);
        var request =
                HttpRequest.newBuilder(address)
                        .timeout(LONGEST_ANSWER)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString()));
        key.ifPresent(word -> request.header("Authorization", "Bearer " + word));
        var response = client.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != OK) {
            throw new IOException(
                    "the model answered " + response.statusCode() + ": " + begin(response.body()));
        }
        var content = JSON.readTree(response.body()).at("/choices/0/message/content");
        if (!content.isTextual()) {
            throw new IOException("the model gave no content: " + begin(response.body()));
        }
        return content.asText();
    }

    private static String begin(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_TOLD));
    }

    @Override
    public void close() {
        client.close();
    }
}
