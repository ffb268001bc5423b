package dev.palimpsest.api.oidc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Fetches an issuer's signing keys, within limits of time and size, and follows it nowhere else.
final class IssuerClient implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(2);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(3);
    private static final long LARGEST_ANSWER = 1 << 20;
    private static final int MOST_KEYS = 100;
    private static final int OK = 200;

    private final Issuer issuer;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(LONGEST_CONNECT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();

    IssuerClient(Issuer issuer) {
        this.issuer = issuer;
    }

    /// The keys it signs with now.
    ///
    /// @throws IOException with a line that says what it answered, or that it did not
    List<JWK> keys() throws IOException, InterruptedException {
        var where = issuer.keys().isPresent() ? issuer.keys().get() : discovered();
        var found = tree(where);
        try {
            return JWKSet.parse(found.toString()).getKeys().stream().limit(MOST_KEYS).toList();
        } catch (ParseException e) {
            throw new IOException(where + " answers no set of keys: " + e.getMessage(), e);
        }
    }

    private URI discovered() throws IOException, InterruptedException {
        var document = tree(issuer.discovery());
        var named = document.path("issuer").asText();
        if (!named.equals(issuer.url().toString())) {
            throw new IOException(issuer.discovery() + " is of another issuer: '" + named + "'");
        }
        try {
            var keys = URI.create(document.path("jwks_uri").asText());
            Issuer.requirePrivate(keys);
            return keys;
        } catch (IllegalArgumentException e) {
            throw new IOException("jwks_uri of " + issuer.discovery() + " " + e.getMessage(), e);
        }
    }

    private JsonNode tree(URI from) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(from)
                        .timeout(LONGEST_ANSWER)
                        .header("Accept", "application/json")
                        .build();
        var answer =
                http.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST_ANSWER));
        try {
            // the limit of the request ends with the head of the answer, this one with its last
            // byte
            var response = answer.get(LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != OK) {
                throw new IOException(from + " answers " + response.statusCode());
            }
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new IOException(from + " answers something else than JSON", e);
        } catch (ExecutionException e) {
            throw new IOException(from + " cannot be read: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException(from + " takes longer than " + LONGEST_ANSWER, e);
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
