package dev.palimpsest.datasets.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.api.Failure;
import dev.palimpsest.datasets.bench.retrieval.AskedSpace;
import dev.palimpsest.datasets.bench.retrieval.AskedSpace.Asked;
import dev.palimpsest.datasets.bench.retrieval.Conversations;
import dev.palimpsest.datasets.bench.retrieval.Histories;
import dev.palimpsest.datasets.bench.retrieval.Passages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Questions whose evidence is known, and what they are about, as flags.
final class AskedData {

    private static final Set<String> CHOSEN_ON = Set.of("conv-26", "conv-30");

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = {
                "Where data sets lie: locomo*/*.json (conversations as LoCoMo was published) and",
                "multihop/NAME.json with NAME_corpus.json (as MuSiQue and HotpotQA were)."
            })
    @Nullable Path folder;

    @Option(
            names = "--longmemeval",
            paramLabel = "FILE",
            description = {
                "Histories of chats as LongMemEval was published; each question is a space of its",
                "own. This, --folder or both must be given."
            })
    @Nullable Path longmemeval;

    @Option(
            names = "--questions",
            paramLabel = "N",
            description = "Of --longmemeval, only the first N; usually all.")
    int questions = Integer.MAX_VALUE;

    /// @throws Failure if there is nothing to ask, or it cannot be read
    List<AskedSpace> spaces() throws IOException {
        if (questions < 1) {
            throw Failure.usage("--questions must be 1 or more: " + questions);
        }
        var spaces = new ArrayList<AskedSpace>();
        if (folder != null) {
            addFolder(folder, spaces);
        }
        if (longmemeval != null) {
            addHistories(longmemeval, spaces);
        }
        if (folder == null && longmemeval == null) {
            throw Failure.usage("give --folder, --longmemeval or both");
        }
        return spaces;
    }

    private static void addFolder(Path folder, List<AskedSpace> spaces) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw Failure.untried("--folder is no folder: " + folder);
        }
        try (var files = Files.newDirectoryStream(folder, "locomo*")) {
            for (var conversations : files) {
                try (var samples = Files.newDirectoryStream(conversations, "*.json")) {
                    for (var file : samples) {
                        spaces.addAll(Conversations.read(file, CHOSEN_ON));
                    }
                }
            }
        }
        var multihop = folder.resolve("multihop");
        if (Files.isDirectory(multihop)) {
            spaces.addAll(Passages.read(multihop));
        }
        if (spaces.isEmpty()) {
            throw Failure.untried("--folder holds neither locomo*/*.json nor multihop: " + folder);
        }
    }

    private void addHistories(Path file, List<AskedSpace> spaces) {
        try {
            var histories = Histories.read(file, questions);
            if (histories.isEmpty()) {
                throw Failure.untried("--longmemeval holds no question with evidence: " + file);
            }
            spaces.addAll(histories);
        } catch (IOException e) {
            throw Failure.untried("--longmemeval " + file + ": " + e.getMessage(), e);
        }
    }

    /// Writes a question as it is sent.
    static void put(ObjectNode json, Asked asked) {
        json.putObject("what").put("text", asked.text());
        asked.asked().ifPresent(moment -> json.putObject("when").put("asked", moment.toString()));
    }
}
