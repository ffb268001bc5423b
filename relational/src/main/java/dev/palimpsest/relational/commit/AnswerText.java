package dev.palimpsest.relational.commit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.WriteResult;
import dev.palimpsest.port.WriteResult.Outcome;
import dev.palimpsest.port.WriteResult.Refusal;
import dev.palimpsest.time.Bookmark;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Answers as they are kept under the key of their request: JSON.
final class AnswerText {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Stands for what named something that was forgotten since.
    private static final String FORGOTTEN = "(forgotten)";

    private AnswerText() {}

    static String write(WriteResult result) {
        var root = JSON.createObjectNode();
        root.put("bookmark", result.bookmark().toString());
        var outcomes = root.putArray("outcomes");
        for (var outcome : result.outcomes()) {
            write(outcome, outcomes.addObject());
        }
        return root.toString();
    }

    private static void write(Outcome outcome, ObjectNode json) {
        switch (outcome) {
            case Outcome.Written(var id, var stamp) ->
                    json.put("written", id)
                            .put("position", stamp.position().number())
                            .put("recorded", Moments.toMicros(stamp.at()));
            case Outcome.Defined(var id) -> json.put("defined", id);
            case Outcome.Unchanged(var id) -> json.put("unchanged", id);
            case Outcome.Refused(var refusal) ->
                    json.put("refused", refusal.reason().name())
                            .put("field", refusal.field())
                            .put("rule", refusal.rule());
        }
    }

    /// The kept answer, marked as one that was given before.
    static WriteResult read(String text) {
        try {
            var root = JSON.readTree(text);
            List<Outcome> outcomes = new ArrayList<>();
            root.path("outcomes").forEach(outcome -> outcomes.add(outcome(outcome)));
            return new WriteResult(outcomes, Bookmark.parse(root.path("bookmark").asText()), true);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new StoreException.Corrupt("a kept answer cannot be read: " + text, e);
        }
    }

    /// The kept answer with nothing in it that names one of `ids`; empty if it has nothing such.
    static Optional<String> without(String text, Set<String> ids) {
        try {
            var root = JSON.readTree(text);
            boolean changed = false;
            for (var outcome : root.path("outcomes")) {
                if (outcome instanceof ObjectNode object) {
                    changed |= redact(object, ids);
                }
            }
            return changed ? Optional.of(root.toString()) : Optional.empty();
        } catch (JsonProcessingException e) {
            throw new StoreException.Corrupt("a kept answer cannot be read", e);
        }
    }

    private static boolean redact(ObjectNode outcome, Set<String> ids) {
        boolean changed = false;
        for (var field : List.of("written", "unchanged", "defined")) {
            if (outcome.has(field) && ids.contains(outcome.path(field).asText())) {
                outcome.put(field, FORGOTTEN);
                changed = true;
            }
        }
        var rule = outcome.path("rule").asText();
        if (outcome.has("rule") && ids.stream().anyMatch(rule::contains)) {
            outcome.put("rule", FORGOTTEN);
            changed = true;
        }
        return changed;
    }

    private static Outcome outcome(JsonNode json) {
        if (json.has("written")) {
            var stamp =
                    new Stamp(
                            new Position(json.path("position").asLong()),
                            Moments.fromMicros(json.path("recorded").asLong()));
            return new Outcome.Written(json.path("written").asText(), stamp);
        }
        if (json.has("defined")) {
            return new Outcome.Defined(json.path("defined").asText());
        }
        if (json.has("unchanged")) {
            return new Outcome.Unchanged(json.path("unchanged").asText());
        }
        return new Outcome.Refused(
                new Refusal(
                        Refusal.Reason.valueOf(json.path("refused").asText()),
                        json.path("field").asText(),
                        json.path("rule").asText()));
    }
}
