package dev.palimpsest.datasets.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palimpsest.api.Failure;
import dev.palimpsest.datasets.bench.fourd.Calibration;
import dev.palimpsest.datasets.bench.fourd.SoleAnswer;
import dev.palimpsest.datasets.earthquakes.EarthquakeItems;
import dev.palimpsest.question.Dimension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// At which rank the right answers came, and what scores the hits had.
final class FoundRanks {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PATH = "/v1/spaces/" + EarthquakeItems.SPACE + "/retrieve";

    private final double[] reciprocalRanks;
    private final Calibration first = new Calibration();
    private final Calibration every = new Calibration();

    private FoundRanks(int questions) {
        this.reciprocalRanks = new double[questions];
    }

    /// Asks every question with the clues of these dimensions.
    static FoundRanks of(Exchange exchange, List<SoleAnswer> questions, Set<Dimension> dimensions)
            throws IOException {
        var found = new FoundRanks(questions.size());
        for (int i = 0; i < questions.size(); i++) {
            var question = questions.get(i);
            found.add(i, question.event(), ask(exchange, question.json(dimensions)));
        }
        return found;
    }

    private static JsonNode ask(Exchange exchange, String json) throws IOException {
        var reply = exchange.post(PATH, json.getBytes(StandardCharsets.UTF_8));
        if (reply.status() != 200) {
            throw Failure.asked(
                    "the answer to " + json + " was " + reply.status() + ": " + reply.body());
        }
        return JSON.readTree(reply.body());
    }

    private void add(int question, String right, JsonNode answer) {
        int rank = 0;
        for (var hit : answer.required("hits")) {
            rank++;
            boolean isRight = hit.required("id").asText().equals(right);
            double score = hit.required("score").doubleValue();
            every.add(score, isRight);
            if (rank == 1) {
                first.add(score, isRight);
            }
            if (isRight) {
                reciprocalRanks[question] = 1.0 / rank;
            }
        }
    }

    /// 1 / rank by question; 0 if the right answer was not among the hits.
    double[] reciprocalRanks() {
        return reciprocalRanks.clone();
    }

    /// Of the scores of the first hits.
    Calibration first() {
        return first;
    }

    /// Of the scores of all hits.
    Calibration every() {
        return every;
    }

    double meanReciprocalRank() {
        return Arrays.stream(reciprocalRanks).average().orElse(0);
    }

    /// The share of right answers that came at that rank or before.
    double hitsWithin(int rank) {
        return Arrays.stream(reciprocalRanks).filter(one -> one > 0 && one >= 1.0 / rank).count()
                / (double) Math.max(1, reciprocalRanks.length);
    }
}
