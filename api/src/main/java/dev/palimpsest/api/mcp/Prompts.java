package dev.palimpsest.api.mcp;

import dev.palimpsest.ingest.source.InvalidField;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What people can have their agent do with the memory by name.
final class Prompts {

    private static final String QUESTION = "question";

    private final Tool context;
    private final Calls calls;

    Prompts(Tool context, Calls calls) {
        this.context = context;
        this.calls = calls;
    }

    List<SyncPromptSpecification> all() {
        var space = argument(Tool.SPACE, "The space; without it, the usual one.", false);
        return List.of(
                new SyncPromptSpecification(
                        Prompt.builder("recall")
                                .title("Answer from memory")
                                .description("Answers a question from what the memory holds.")
                                .arguments(
                                        List.of(
                                                argument(
                                                        QUESTION,
                                                        "In full words, as it was asked.",
                                                        true),
                                                space))
                                .build(),
                        this::recall),
                new SyncPromptSpecification(
                        Prompt.builder("keep")
                                .title("Keep this conversation")
                                .description("Keeps what was said here and is worth knowing later.")
                                .arguments(List.of(space))
                                .build(),
                        (_, request) -> told(keep(given(request)))));
    }

    private static PromptArgument argument(String name, String description, boolean required) {
        return PromptArgument.builder(name).description(description).required(required).build();
    }

    private GetPromptResult recall(McpSyncServerExchange exchange, GetPromptRequest request) {
        var given = given(request);
        try {
            var question = question(given.remove(QUESTION));
            given.put("text", question);
            if (calls.carryOut(context, exchange, given) instanceof ContextTool.Evidence found) {
                return told(answer(question, found.text()));
            }
            throw new IllegalStateException("there is no evidence in what was told");
        } catch (RuntimeException e) {
            throw Calls.error(context.name(), e);
        }
    }

    private static String question(@Nullable Object given) {
        if (!(given instanceof String question) || question.isBlank()) {
            throw new InvalidField(
                    QUESTION, "is needed, such as: When does Ann like to be called?");
        }
        return question;
    }

    private static String answer(String question, String evidence) {
        return """
        Answer the question from the evidence below, which is what the memory holds about it, in the order
        of time. Where sources disagree or something changed, say so and who said what. If the evidence
        does not answer it, say that; do not guess.

        Question: %s

        Evidence:
        %s\
        """
                .formatted(question, evidence);
    }

    private static String keep(Map<String, Object> given) {
        var where =
                Optional.ofNullable(given.get(Tool.SPACE))
                        .map(space -> " (with `space`: \"" + space + "\")")
                        .orElse("");
        return """
        Go through this conversation and keep in the memory what will be worth knowing later: one call of
        `remember`%s for each thing that was said. Give the text as it was said, when it happened, the
        entities it is about, and the facts you understood of it with the times for which they are true.
        Before you write about an entity, look with `ask` whether it is there, and use its id. What corrects
        something known goes through `correct`. Leave out secrets, pleasantries, and what can be looked up
        anywhere. At the end tell in a few lines what you kept.\
        """
                .formatted(where);
    }

    private static Map<String, Object> given(GetPromptRequest request) {
        var given = new HashMap<String, Object>();
        Optional.ofNullable(request.arguments())
                .orElse(Map.of())
                .forEach((name, value) -> {
                    if (value != null) {
                        given.put(name, value);
                    }
                });
        return given;
    }

    private static GetPromptResult told(String text) {
        return GetPromptResult.builder(
                        List.of(
                                PromptMessage.builder(Role.USER, TextContent.builder(text).build())
                                        .build()))
                .build();
    }
}
