package dev.palimpsest.api.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.ingest.source.StrictObject;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.question.Count;
import dev.palimpsest.question.Grouping;
import java.util.List;
import java.util.Optional;

/// Makes a count of its JSON, strictly: the fields of a question that filter, and how to group.
public final class CountBody {

    private static final List<String> OWN = List.of("by", "precision", "groups");
    private static final List<String> FIELDS =
            List.of(
                    "by",
                    "precision",
                    "groups",
                    "what",
                    "where",
                    "when",
                    "why",
                    "who",
                    "kinds",
                    "after");

    private CountBody() {}

    /// @throws InvalidField if it is none
    public static Count parse(SpaceId space, JsonNode node) {
        var count = StrictObject.of(node, "", FIELDS);
        var grouping = grouping(count);
        int groups = count.optional("groups", Shapes.COUNT).orElse(Count.USUAL_GROUPS);
        if (groups < 1 || groups > Count.MOST_GROUPS) {
            throw new InvalidField(
                    "groups", "must lie between 1 and " + Count.MOST_GROUPS + ": " + groups);
        }
        ObjectNode rest = node.deepCopy();
        var question = QuestionBody.parseAny(space, rest.remove(OWN));
        for (var constraint : question.constraints()) {
            if (!constraint.isHard()) {
                throw new InvalidField(constraint.word(), Count.SOFT);
            }
        }
        return Shapes.made("", () -> new Count(question, grouping, groups));
    }

    private static Grouping grouping(StrictObject count) {
        var by = count.required("by", Shapes.TEXT);
        Optional<Grouping.Cell> cell =
                count.optional("precision", Shapes.COUNT.as(Grouping.Cell::new));
        if (cell.isPresent() && !by.equals("cell")) {
            throw new InvalidField("precision", "goes only with by cell");
        }
        return switch (by) {
            case "day" -> new Grouping.Day();
            case "type" -> new Grouping.Type();
            case "cell" -> cell.orElse(new Grouping.Cell(Grouping.Cell.USUAL));
            case "predicate" -> new Grouping.Predicate();
            default -> throw new InvalidField("by", "is one of day, type, cell, predicate");
        };
    }
}
