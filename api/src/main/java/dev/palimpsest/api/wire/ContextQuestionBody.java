package dev.palimpsest.api.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.ingest.source.StrictObject;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.ContextQuestion;
import java.util.List;

/// Makes a question for evidence of its JSON, strictly: a question in words, and how much room
/// there is.
public final class ContextQuestionBody {

    private static final List<String> OWN = List.of("tokens", "facts");
    private static final List<String> FIELDS =
            List.of(
                    "tokens",
                    "facts",
                    "what",
                    "where",
                    "when",
                    "why",
                    "who",
                    "explain",
                    "after",
                    "diversity",
                    "rerank");

    private ContextQuestionBody() {}

    /// @throws InvalidField if it is none
    public static ContextQuestion parse(SpaceId space, JsonNode node) {
        var body = StrictObject.of(node, "", FIELDS);
        int tokens = body.optional("tokens", Shapes.COUNT).orElse(ContextQuestion.USUAL_TOKENS);
        if (tokens < 1 || tokens > ContextQuestion.MOST_TOKENS) {
            throw new InvalidField(
                    "tokens",
                    "must lie between 1 and " + ContextQuestion.MOST_TOKENS + ": " + tokens);
        }
        boolean facts = body.optional("facts", Shapes.FLAG).orElse(false);
        ObjectNode rest = node.deepCopy();
        var question = QuestionBody.parseAny(space, rest.remove(OWN));
        if (question.find(What.Text.class).isEmpty()) {
            throw new InvalidField("what.text", "is required: say in words what to find");
        }
        return new ContextQuestion(question, tokens, facts);
    }
}
