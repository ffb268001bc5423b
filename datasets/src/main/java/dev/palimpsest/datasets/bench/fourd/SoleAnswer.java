package dev.palimpsest.datasets.bench.fourd;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.palimpsest.question.Dimension;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A question that one event alone answers, by the rule its clues were made by.
///
/// @param event which one
/// @param clues one of each dimension
/// @param needed the dimensions without whose clue more than one event would fit
public record SoleAnswer(String event, List<Clue> clues, Set<Dimension> needed) {

    /// How deep an answer is looked into.
    public static final int DEPTH = 100;

    public SoleAnswer {
        clues = List.copyOf(clues);
        needed = Set.copyOf(needed);
    }

    /// What to post to `retrieve`, with the clues of these dimensions only.
    public String json(Set<Dimension> dimensions) {
        var question = JsonNodeFactory.instance.objectNode();
        for (var clue : clues) {
            if (dimensions.contains(clue.dimension())) {
                clue.addTo(question.putObject(clue.dimension().name().toLowerCase(Locale.ROOT)));
            }
        }
        question.putArray("kinds").add("entity");
        question.put("limit", DEPTH);
        return question.toString();
    }
}
