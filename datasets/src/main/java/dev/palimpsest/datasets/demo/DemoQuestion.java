package dev.palimpsest.datasets.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A question of the demo, with what makes its answer right.
///
/// @param asks the question as a seismologist would put it
/// @param json the same for `POST .../retrieve`
/// @param show how many hits people want to see of it
/// @param fault what is wrong with an answer; empty if it is right
public record DemoQuestion(
        String asks, String json, int show, Function<JsonNode, Optional<String>> fault) {

    /// Right if exactly these are found, in any order.
    static Function<JsonNode, Optional<String>> exactly(String... ids) {
        return answer -> {
            var found = ids(answer);
            var wanted = List.of(ids);
            return found.size() == wanted.size() && found.containsAll(wanted)
                    ? Optional.empty()
                    : Optional.of("expected " + wanted + ", found " + found);
        };
    }

    /// Right if so many are found, this one among them.
    static Function<JsonNode, Optional<String>> with(int count, String id) {
        return answer -> {
            var found = ids(answer);
            return found.size() == count && found.contains(id)
                    ? Optional.empty()
                    : Optional.of("expected " + count + " with " + id + ", found " + found);
        };
    }

    /// Right if so many are found, this one before all others.
    static Function<JsonNode, Optional<String>> first(int count, String id) {
        return answer -> {
            var found = ids(answer);
            return found.size() == count && found.getFirst().equals(id)
                    ? Optional.empty()
                    : Optional.of("expected " + count + ", first " + id + ", found " + found);
        };
    }

    /// Right if so many are found, this one not among them.
    static Function<JsonNode, Optional<String>> without(int count, String id) {
        return answer -> {
            var found = ids(answer);
            return found.size() == count && !found.contains(id)
                    ? Optional.empty()
                    : Optional.of("expected " + count + " without " + id + ", found " + found);
        };
    }

    /// Right if nothing is found and the answer says why.
    static Optional<String> nothingWithANote(JsonNode answer) {
        return ids(answer).isEmpty() && answer.hasNonNull("note")
                ? Optional.empty()
                : Optional.of("expected nothing and a note, found " + ids(answer));
    }

    private static List<String> ids(JsonNode answer) {
        var ids = new ArrayList<String>();
        answer.path("hits").forEach(hit -> ids.add(hit.path("id").asText()));
        return ids;
    }
}
