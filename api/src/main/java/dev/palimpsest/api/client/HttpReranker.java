package dev.palimpsest.api.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.palimpsest.port.Reranker;
import dev.palimpsest.port.StoreException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A reranker behind an address of the common form: it is posted `{"query", "documents"}` and
/// answers `{"results": [{"index", "relevance_score"}]}`.
public final class HttpReranker implements Reranker, AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(2);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int LARGEST_PORT = 65_535;

    /// Room for a grade of each text, and for texts that are sent back unasked.
    private static final long LARGEST_ANSWER = 16L << 20;

    private final Address address;
    private final HttpClient http;

    /// Where it is.
    ///
    /// @param model which is meant, if there are several
    /// @param key to be let in, if one is needed
    public record Address(URI url, Optional<String> model, Optional<String> key) {

        public Address {
            if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
                throw new IllegalArgumentException("must be an address of http or https: " + url);
            }
            if (url.getPort() == 0 || url.getPort() > LARGEST_PORT) {
                throw new IllegalArgumentException(
                        "its port must lie between 1 and " + LARGEST_PORT + ": " + url.getPort());
            }
        }

        /// Without secrets.
        @Override
        public String toString() {
            return url.getScheme()
                    + "://"
                    + url.getHost()
                    + (url.getPort() < 0 ? "" : ":" + url.getPort())
                    + url.getPath();
        }
    }

    public HttpReranker(Address address) {
        this.address = address;
        this.http = HttpClient.newBuilder().connectTimeout(LONGEST_CONNECT).build();
    }

    @Override
    public List<Double> grades(String question, List<String> texts) {
        if (texts.isEmpty()) {
            return List.of();
        }
        var body = JsonNodeFactory.instance.objectNode();
        address.model().ifPresent(name -> body.put("model", name));
        body.put("query", question).put("top_n", texts.size()).put("return_documents", false);
        var documents = body.putArray("documents");
        texts.forEach(documents::add);
        var request =
                HttpRequest.newBuilder(address.url())
                        .timeout(LONGEST_ANSWER)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString()));
        address.key().ifPresent(word -> request.header("Authorization", "Bearer " + word));
        return grades(sent(request.build()), texts.size());
    }

    private JsonNode sent(HttpRequest request) {
        try {
            var response =
                    http.send(
                            request,
                            BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST_ANSWER));
            if (response.statusCode() != OK) {
                throw unavailable("answered " + response.statusCode());
            }
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw unavailable("answered something else than JSON", e);
        } catch (IOException e) {
            throw unavailable("does not answer within its limits: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("was not waited for", e);
        }
    }

    private List<Double> grades(JsonNode answer, int count) {
        var grades = new ArrayList<Double>();
        for (int i = 0; i < count; i++) {
            grades.add(Double.NaN);
        }
        for (var result : answer.path("results")) {
            int index = result.path("index").asInt(-1);
            var grade = result.path("relevance_score");
            if (index >= 0 && index < count && grade.isNumber()) {
                grades.set(index, grade.asDouble());
            }
        }
        if (grades.stream().anyMatch(grade -> !Double.isFinite(grade))) {
            throw unavailable("did not grade every text");
        }
        return grades;
    }

    private StoreException.Unavailable unavailable(String what) {
        return new StoreException.Unavailable("the reranker at " + address + " " + what);
    }

    private StoreException.Unavailable unavailable(String what, Exception cause) {
        return new StoreException.Unavailable("the reranker at " + address + " " + what, cause);
    }

    @Override
    public void close() {
        http.close();
    }
}
