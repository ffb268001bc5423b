package dev.palimpsest.datasets.bench.retrieval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palimpsest.datasets.bench.retrieval.AskedSpace.Asked;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.SourceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads questions over passages in the forms MuSiQue and HotpotQA were published in: a file of
/// questions, and beside it a corpus of titled passages.
///
/// A passage becomes a memory about the entity its title names.
public final class Passages {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CORPUS = "_corpus.json";
    private static final Pattern QUALIFIER = Pattern.compile("\\s*\\(.*?\\)\\s*$");
    private static final SourceId SOURCE = new SourceId("corpus");

    private record Passage(String title, String text) {}

    private Passages() {}

    /// Every corpus of a folder with its questions, each as a space of its own.
    public static List<AskedSpace> read(Path folder) throws IOException {
        var spaces = new ArrayList<AskedSpace>();
        try (var files = Files.list(folder)) {
            for (var corpus :
                    files.filter(file -> file.toString().endsWith(CORPUS)).sorted().toList()) {
                spaces.add(space(corpus));
            }
        }
        return spaces;
    }

    private static AskedSpace space(Path corpus) throws IOException {
        var file = corpus.getFileName().toString();
        var name = file.substring(0, file.length() - CORPUS.length());
        var ids = new LinkedHashMap<Passage, String>();
        for (var passage : passages(JSON.readTree(corpus.toFile()))) {
            ids.putIfAbsent(passage, "p" + ids.size());
        }
        Map<String, List<String>> topics = new HashMap<>();
        ids.forEach((passage, id) ->
                topics.computeIfAbsent(passage.title, _ -> new ArrayList<>()).add(id));
        var questions = new ArrayList<Asked>();
        for (var asked : JSON.readTree(corpus.resolveSibling(name + ".json").toFile())) {
            var evidence = new LinkedHashSet<String>();
            if (asked.has("supporting_facts")) {
                asked.path("supporting_facts")
                        .forEach(fact ->
                                evidence.addAll(
                                        topics.getOrDefault(fact.path(0).asText(), List.of())));
            } else {
                addSupporting(asked.path("paragraphs"), ids, evidence);
            }
            questions.add(
                    new Asked(
                            asked.path("question").asText(),
                            "all",
                            evidence,
                            Optional.empty(),
                            answers(asked)));
        }
        var memories = ids.entrySet().stream().map(one -> memory(one.getKey(), one.getValue()));
        Map<String, String> names = new HashMap<>();
        topics.keySet().forEach(title -> names.put(title, QUALIFIER.matcher(title).replaceAll("")));
        return new AskedSpace(name, name, memories.toList(), names, questions, 0);
    }

    private static List<String> answers(JsonNode asked) {
        var answers = new ArrayList<String>();
        if (asked.hasNonNull("answer")) {
            answers.add(asked.path("answer").asText());
        }
        asked.path("answer_aliases").forEach(alias -> answers.add(alias.asText()));
        return answers;
    }

    private static void addSupporting(
            JsonNode paragraphs, Map<Passage, String> ids, Set<String> evidence) {
        for (var paragraph : paragraphs) {
            if (paragraph.path("is_supporting").asBoolean()) {
                var passage =
                        new Passage(
                                paragraph.path("title").asText(),
                                paragraph.path("paragraph_text").asText());
                Optional.ofNullable(ids.get(passage)).ifPresent(evidence::add);
            }
        }
    }

    /// Either a list of `{title, text}` or an object of titles with sentences.
    private static List<Passage> passages(JsonNode corpus) {
        var passages = new ArrayList<Passage>();
        if (corpus.isArray()) {
            corpus.forEach(one ->
                    passages.add(
                            new Passage(one.path("title").asText(), one.path("text").asText())));
        } else {
            corpus.properties()
                    .forEach(one -> {
                        var text = new StringBuilder();
                        one.getValue().forEach(sentence -> text.append(sentence.asText()));
                        passages.add(new Passage(one.getKey(), text.toString()));
                    });
        }
        return passages;
    }

    private static Memory memory(Passage passage, String id) {
        return new Memory(
                new MemoryId(id),
                passage.title + ". " + passage.text,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(new EntityId(passage.title)),
                SOURCE,
                "{}");
    }
}
