package dev.palimpsest.datasets.made;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Real sentences, each once: what people said in conversations, sentences of encyclopedia
/// articles, titles of papers, and facts of people and places in a sentence each.
///
/// @param ofDocuments for the texts of documents
/// @param ofQuestions others, for the texts of questions
public record RealTexts(List<String> ofDocuments, List<String> ofQuestions) {

    private static final int MOST_FOR_DOCUMENTS = 40_000;
    private static final int FOR_QUESTIONS = 4_000;
    private static final int SHORTEST = 20;
    private static final int LONGEST = 300;
    private static final long SEED = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public RealTexts {
        ofDocuments = List.copyOf(ofDocuments);
        ofQuestions = List.copyOf(ofQuestions);
    }

    /// Reads the folders `locomo-dev`, `multihop`, `er/dblp-acm`, `truth/birthplaces` and
    /// `temporal/yago11k` in `folder`.
    public static RealTexts read(Path folder) throws IOException {
        Set<String> found = new LinkedHashSet<>();
        addConversations(found, folder.resolve("locomo-dev/locomo-dev.json"));
        addPassages(found, folder.resolve("multihop"));
        for (String file : List.of("ACM.csv", "DBLP2.csv")) {
            CsvFile.rows(folder.resolve("er/dblp-acm").resolve(file))
                    .forEach(row -> add(found, row.get(1)));
        }
        CsvFile.rows(folder.resolve("truth/birthplaces/claims.csv"))
                .forEach(row -> add(found, bornIn(row.get(0), row.get(2))));
        addFacts(found, folder.resolve("temporal/yago11k"));
        var all = new ArrayList<>(found);
        Collections.shuffle(all, new Random(SEED));
        int split = Math.min(MOST_FOR_DOCUMENTS, all.size() - FOR_QUESTIONS);
        return new RealTexts(all.subList(0, split), all.subList(split, split + FOR_QUESTIONS));
    }

    private static void addConversations(Set<String> found, Path file) throws IOException {
        for (JsonNode sample : JSON.readTree(file.toFile())) {
            for (JsonNode session : sample.get("conversation")) {
                if (session.isArray()) {
                    session.forEach(turn -> addSentences(found, turn.path("text").asText()));
                }
            }
        }
    }

    private static void addPassages(Set<String> found, Path folder) throws IOException {
        JSON.readTree(folder.resolve("hotpotqa_train_corpus.json").toFile())
                .forEach(article -> article.forEach(sentence -> add(found, sentence.asText())));
        JSON.readTree(folder.resolve("musique_train_corpus.json").toFile())
                .forEach(passage -> addSentences(found, passage.path("text").asText()));
    }

    private static void addFacts(Set<String> found, Path folder) throws IOException {
        var names = names(folder.resolve("entity2id.txt"));
        var relations = names(folder.resolve("relation2id.txt"));
        for (String line : lines(folder.resolve("train.txt"))) {
            String[] parts = line.split("\t", -1);
            String subject = names.get(Integer.parseInt(parts[0]));
            String relation = relations.get(Integer.parseInt(parts[1]));
            String object = names.get(Integer.parseInt(parts[2]));
            add(found, subject + " " + relation + " " + object + ", " + parts[3]);
        }
    }

    /// Names by number, as words.
    private static List<String> names(Path file) throws IOException {
        var names = new ArrayList<String>();
        for (String line : lines(file)) {
            String[] parts = line.split("\t", -1);
            if (parts.length < 2) {
                continue;
            }
            int number = Integer.parseInt(parts[1]);
            while (names.size() <= number) {
                names.add("");
            }
            names.set(
                    number,
                    parts[0].replaceAll("[<>]", "")
                            .replace('_', ' ')
                            .replaceAll("(?<=[a-z])(?=[A-Z])", " "));
        }
        return names;
    }

    private static List<String> lines(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    }

    private static String bornIn(String who, String where) {
        int comma = who.indexOf(", ");
        String name = comma < 0 ? who : who.substring(comma + 2) + " " + who.substring(0, comma);
        return name + " was born in " + where;
    }

    private static void addSentences(Set<String> found, String text) {
        for (String sentence : text.split("(?<=[.!?])\\s+")) {
            add(found, sentence);
        }
    }

    private static void add(Set<String> found, String sentence) {
        String clean = sentence.replaceAll("\\s+", " ").strip();
        if (clean.length() >= SHORTEST && clean.length() <= LONGEST) {
            found.add(clean);
        }
    }
}
