package dev.palimpsest.datasets.bench;

import static java.util.Locale.ROOT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.palimpsest.api.Failure;
import dev.palimpsest.datasets.bench.retrieval.AskedSpace;
import dev.palimpsest.datasets.bench.retrieval.AskedSpace.Asked;
import dev.palimpsest.datasets.bench.retrieval.BudgetTable;
import dev.palimpsest.datasets.bench.retrieval.ChatModel;
import dev.palimpsest.datasets.bench.retrieval.Grade;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.question.ContextQuestion;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures how many questions a language model answers from the evidence it is told.
@Command(
        name = "qa",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Load conversations and passages, have a language model of yours answer the questions"
                    + " that come with them from what `context` tells, and print how many answers"
                    + " are right.",
            "",
            "An answer is right that contains a right one, word for word but for case, punctuation and"
                    + " articles; F1 is how many words both have in common. No model judges. Questions"
                    + " that nothing answers are left out. What is told goes to the model's address."
        })
final class BenchQa implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ALL = "all";

    @Option(
            names = "--model-url",
            required = true,
            paramLabel = "URL",
            description =
                    "Where the model answers in OpenAI's form, such as"
                            + " http://127.0.0.1:8080/v1/chat/completions.")
    String modelUrl = "";

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "Its name; usually ${DEFAULT-VALUE}.")
    String model = "default";

    @Option(
            names = "--model-key",
            paramLabel = "FILE",
            description = "A file with the key it asks for, if it does.")
    @Nullable Path keyFile;

    @Option(
            names = "--tokens",
            paramLabel = "N",
            description = "The most tokens it is told; usually ${DEFAULT-VALUE}.")
    int tokens = ContextQuestion.USUAL_TOKENS;

    @Mixin AskedData data = new AskedData();

    @Mixin BenchStore.Flags flags = new BenchStore.Flags();

    @Spec CommandSpec spec = CommandSpec.create();

    private final Map<String, Map<String, List<Grade>>> grades = new TreeMap<>();
    private long told;
    private int asked;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var address = address();
        var spaces = data.spaces();
        try (var store = flags.open();
                var chat = new ChatModel(address, model, key())) {
            Circumstances.lines(spec, store.folder()).forEach(System.out::println);
            new AskedLoad(store).load(spaces);
            for (var space : spaces) {
                ask(store, space, chat);
            }
        }
        print();
        return 0;
    }

    private URI address() {
        try {
            var address = URI.create(modelUrl);
            if (address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--model-url is no address: " + modelUrl, e);
        }
        throw Failure.usage("--model-url is no address: " + modelUrl);
    }

    private Optional<String> key() throws IOException {
        return keyFile == null ? Optional.empty() : Optional.of(Files.readString(keyFile).strip());
    }

    private void ask(BenchStore store, AskedSpace space, ChatModel chat)
            throws IOException, InterruptedException {
        try (var exchange = new Exchange(store.url())) {
            for (var question : space.questions()) {
                if (question.answers().isEmpty() || !BudgetTable.counts(question)) {
                    continue;
                }
                var context = context(exchange, space, question);
                var grade = Grade.of(answer(chat, question, context), question.answers());
                told += context.path("tokens").asLong();
                asked++;
                grades.computeIfAbsent(space.group(), _ -> new TreeMap<>())
                        .computeIfAbsent(question.category(), _ -> new ArrayList<>())
                        .add(grade);
            }
        }
    }

    private static String answer(ChatModel chat, Asked question, JsonNode context)
            throws InterruptedException {
        try {
            return chat.reply(message(question, context));
        } catch (IOException e) {
            throw Failure.asked("no answer from the model: " + e, e);
        }
    }

    private static String message(Asked question, JsonNode context) {
        return """
        These are notes, each under the day it was written:

        %s
        %sAnswer this question from the notes, with as few words as possible and no \
        explanation. Name dates in full. If the notes do not say, answer "unknown".

        %s
        """
                .formatted(
                        context.path("text").asText(),
                        question.asked().map(now -> "It is " + now + " now. ").orElse(""),
                        question.text());
    }

    private JsonNode context(Exchange exchange, AskedSpace space, Asked question)
            throws IOException {
        var json = JsonNodeFactory.instance.objectNode().put("tokens", tokens);
        AskedData.put(json, question);
        var path = "/v1/spaces/" + new SpaceId(space.name()) + "/context";
        var reply = exchange.post(path, json.toString().getBytes(StandardCharsets.UTF_8));
        if (reply.status() != 200) {
            throw Failure.asked("the answer was " + reply.status() + ": " + reply.body());
        }
        return JSON.readTree(reply.body());
    }

    private void print() {
        System.out.printf(
                ROOT, "%n%-16s %-28s %5s  %6s  %6s%n", "set", "category", "asked", "right", "F1");
        grades.forEach((group, categories) -> {
            categories.forEach((category, some) -> print(group, category, some));
            print(group, ALL, categories.values().stream().flatMap(List::stream).toList());
        });
        System.out.printf(
                ROOT,
                "%nasked    %,d questions of %s, told %.0f tokens on the mean%n",
                asked,
                model,
                asked == 0 ? 0 : (double) told / asked);
    }

    private static void print(String group, String category, List<Grade> some) {
        System.out.printf(
                ROOT,
                "%-16s %-28s %5d  %6.3f  %6.3f%n",
                group,
                category,
                some.size(),
                some.stream().mapToInt(grade -> grade.contains() ? 1 : 0).average().orElse(0),
                some.stream().mapToDouble(Grade::overlap).average().orElse(0));
    }
}
