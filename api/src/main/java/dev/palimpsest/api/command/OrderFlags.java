package dev.palimpsest.api.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// In which order memories come that fit the words, as flags.
final class OrderFlags {

    @Option(
            names = "--diversity",
            paramLabel = "0..1",
            description =
                    "How much it counts against a memory that one before it means the same; usually"
                            + " 0. This and the next go with words and memories alone.")
    @Nullable Double diversity;

    @Option(
            names = "--rerank",
            description = "Have the best graded anew by the reranker of --rerank-url.")
    boolean rerank;

    void put(ObjectNode question) {
        if (diversity != null) {
            question.put("diversity", diversity);
        }
        if (rerank) {
            question.put("rerank", true);
        }
    }
}
