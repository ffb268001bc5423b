package dev.palimpsest.datasets.bench;

import static dev.palimpsest.datasets.bench.Figures.milliseconds;
import static java.util.Locale.ROOT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.api.Failure;
import dev.palimpsest.datasets.bench.retrieval.AskedSpace;
import dev.palimpsest.datasets.bench.retrieval.AskedSpace.Asked;
import dev.palimpsest.datasets.bench.retrieval.BudgetTable;
import dev.palimpsest.datasets.bench.retrieval.PlainRankings;
import dev.palimpsest.datasets.bench.retrieval.RecallTable;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.query.context.Packing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures how much of the evidence is found for questions about what was said.
@Command(
        name = "retrieval",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Load conversations and passages, ask the questions that come with them, and print how"
                    + " much of the evidence is among the first memories found, beside what plain"
                    + " rankings over the same memories find.",
            "",
            "Weights were chosen on conv-26 and conv-30 of LoCoMo alone."
        })
final class BenchRetrieval implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int HITS = 50;
    private static final List<Integer> BUDGETS = List.of(1_000, 2_000, 4_000);
    private static final String OURS = "Palimpsest";
    private static final String WORDS = "BM25";
    private static final String AROUND = "BM25 over neighbours";
    private static final String MEANING = "dense alone";

    @Mixin AskedData data = new AskedData();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "By which questions are drawn again; usually ${DEFAULT-VALUE}.")
    long seed = 1;

    @Option(
            names = "--diversity",
            paramLabel = "0..1",
            description = "Asked for with every question; usually none.")
    @Nullable Double diversity;

    @Mixin BenchStore.Flags flags = new BenchStore.Flags();

    @Spec CommandSpec spec = CommandSpec.create();

    private final Durations wall = new Durations();
    private CpuTime cpu = CpuTime.NONE;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var spaces = data.spaces();
        var table = new RecallTable(seed);
        var budgets = new BudgetTable(seed);
        try (var store = flags.open()) {
            Circumstances.lines(spec, store.folder()).forEach(System.out::println);
            new AskedLoad(store).load(spaces);
            for (var space : spaces) {
                rankPlainly(store, space, table, budgets);
                ask(store, space, table);
                tell(store, space, budgets);
            }
        }
        table.lines(OURS, AROUND).forEach(System.out::println);
        budgets.lines(OURS, AROUND).forEach(System.out::println);
        System.out.printf(
                ROOT,
                "%nasked    %,d questions: %.2f ms CPU on the mean (program %.2f, database %.2f; the"
                        + " asking thread left out), wall p50 %.1f ms, p99 %.1f ms; load %.1f%n",
                wall.count(),
                milliseconds(cpu.total(), wall.count()),
                milliseconds(cpu.program(), wall.count()),
                milliseconds(cpu.database(), wall.count()),
                milliseconds(wall.percentile(.5)),
                milliseconds(wall.percentile(.99)),
                Circumstances.load());
        return 0;
    }

    private static void rankPlainly(
            BenchStore store, AskedSpace space, RecallTable table, BudgetTable budgets) {
        var memories = space.byId();
        try (var plain = new PlainRankings(space, store.inside().embedder())) {
            for (var asked : space.questions()) {
                var text = asked.text();
                table.add(space.group(), WORDS, asked, plain.byWords(text));
                table.add(space.group(), AROUND, asked, plain.byWordsAround(text));
                table.add(space.group(), MEANING, asked, plain.byMeaning(text));
                if (BudgetTable.counts(asked)) {
                    var around = plain.byWordsAround(text);
                    for (int tokens : BUDGETS) {
                        var packing = new Packing(tokens, text);
                        for (var id : around) {
                            packing.offer(
                                    Optional.ofNullable(memories.get(id)).orElseThrow(), 0, 0);
                        }
                        budgets.add(space.group(), tokens, AROUND, asked, ids(packing));
                    }
                }
            }
        }
    }

    private static Set<String> ids(Packing packing) {
        return packing.items().stream()
                .map(item -> item.memory().id().value())
                .collect(Collectors.toSet());
    }

    /// Not timed: the same is found as for [#ask].
    private void tell(BenchStore store, AskedSpace space, BudgetTable budgets) throws IOException {
        var path = "/v1/spaces/" + new SpaceId(space.name()) + "/context";
        try (var exchange = new Exchange(store.url())) {
            for (var asked : space.questions()) {
                for (int tokens : BudgetTable.counts(asked) ? BUDGETS : List.<Integer>of()) {
                    var json = JsonNodeFactory.instance.objectNode().put("tokens", tokens);
                    put(json, asked);
                    var reply =
                            exchange.post(path, json.toString().getBytes(StandardCharsets.UTF_8));
                    var ids = new HashSet<String>();
                    right(reply)
                            .path("items")
                            .forEach(item -> ids.add(item.path("memory").asText()));
                    budgets.add(space.group(), tokens, OURS, asked, ids);
                }
            }
        }
    }

    /// @throws Failure if it is no answer: what it cost would mean nothing
    private static JsonNode right(Exchange.Reply reply) throws IOException {
        if (reply.status() != 200) {
            throw Failure.asked("the answer was " + reply.status() + ": " + reply.body());
        }
        return JSON.readTree(reply.body());
    }

    private void ask(BenchStore store, AskedSpace space, RecallTable table) throws IOException {
        var path = "/v1/spaces/" + new SpaceId(space.name()) + "/retrieve";
        try (var exchange = new Exchange(store.url())) {
            var before = CpuTime.now();
            var asking = CpuTime.ofThisThread();
            for (var asked : space.questions()) {
                long begin = System.nanoTime();
                var reply = exchange.post(path, body(asked));
                wall.add(System.nanoTime() - begin);
                var ids = new ArrayList<String>();
                right(reply).path("hits").forEach(hit -> ids.add(hit.path("id").asText()));
                table.add(space.group(), OURS, asked, ids);
            }
            Duration own = CpuTime.ofThisThread().minus(asking);
            cpu = cpu.plus(CpuTime.now().since(before).without(own));
        }
    }

    private void put(ObjectNode json, Asked asked) {
        AskedData.put(json, asked);
        if (diversity != null) {
            json.put("diversity", diversity);
        }
    }

    private byte[] body(Asked asked) {
        var json = JsonNodeFactory.instance.objectNode();
        put(json, asked);
        json.putArray("kinds").add("memory");
        json.put("limit", HITS);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
