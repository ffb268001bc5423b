package dev.palimpsest.datasets.bench;

import static dev.palimpsest.datasets.bench.Figures.milliseconds;
import static java.util.Locale.ROOT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.palimpsest.api.Failure;
import dev.palimpsest.datasets.bench.HeldFacts.Asked;
import dev.palimpsest.ingest.source.DomainShapes;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult.Outcome;
import dev.palimpsest.time.Allen;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Interval.End;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Asks how facts stand to intervals, in all of Allen's relations, and compares every answer with
/// what looking at every fact gives.
@Command(
        name = "temporal",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Load facts with years, ask for each of Allen's 13 relations which of them stand so to"
                    + " random intervals, and compare every answer with a plain scan.",
            "",
            "FOLDER holds data sets such as yago11k and wikidata12k: folders with entity2id.txt,"
                    + " relation2id.txt, train.txt, valid.txt and test.txt."
        })
final class BenchTemporal implements Callable<Integer> {

    private static final int MOST_QUESTIONS = 1_000_000;
    private static final int MOST_LISTED = 20;
    private static final int MOST_REVERSED_LISTED = 1_000;
    private static final int HITS = 100;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Option(
            names = "--folder",
            required = true,
            paramLabel = "FOLDER",
            description = "Where the data sets lie.")
    @Nullable Path folder;

    @Option(
            names = "--questions",
            paramLabel = "N",
            description = "How often each relation is asked of each; usually ${DEFAULT-VALUE}.")
    int questions = 200;

    @Option(names = "--seed", paramLabel = "N", description = "Usually ${DEFAULT-VALUE}.")
    long seed = 1;

    @Mixin BenchStore.Flags flags = new BenchStore.Flags();

    @Spec CommandSpec spec = CommandSpec.create();

    private final List<String> differences = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (questions < 1 || questions > MOST_QUESTIONS) {
            throw Failure.untried("--questions lies between 1 and " + MOST_QUESTIONS);
        }
        var sets = dataSets();
        try (var store = flags.open()) {
            Circumstances.lines(spec, store.folder()).forEach(System.out::println);
            for (var set : sets) {
                measure(store, YearFacts.read(set));
            }
            System.out.printf(ROOT, "load     %.1f at the end%n", Circumstances.load());
        }
        differences.stream()
                .limit(MOST_LISTED)
                .forEach(one -> System.out.println("differs  " + one));
        System.out.printf(ROOT, "differences %,d%n", differences.size());
        return differences.isEmpty() ? 0 : Failure.ASKED;
    }

    private List<Path> dataSets() throws IOException {
        var root = Optional.ofNullable(folder).orElseThrow();
        if (!Files.isDirectory(root)) {
            throw Failure.untried("--folder is no folder: " + root);
        }
        try (var inside = Files.list(root)) {
            var sets =
                    inside.filter(set -> Files.exists(set.resolve("relation2id.txt")))
                            .sorted()
                            .toList();
            if (sets.isEmpty()) {
                throw Failure.untried("--folder holds no data set: " + root);
            }
            return sets;
        }
    }

    private void measure(BenchStore store, YearFacts facts)
            throws IOException, InterruptedException {
        var held = new HeldFacts(facts);
        load(store, facts);
        System.out.printf(
                ROOT,
                "%n%s: %,d statements of %,d sources, %,d stretches of facts; left out %,d lines"
                        + " that end before they start and %,d without a start%n",
                facts.space(),
                facts.said().size(),
                held.sources().size(),
                held.count(),
                facts.reversed().size(),
                facts.unread().size());
        facts.reversed().stream()
                .limit(MOST_REVERSED_LISTED)
                .forEach(line -> System.out.println("reversed " + line));
        try (var exchange = new Exchange(store.url())) {
            ask(exchange, facts.space(), held);
        }
    }

    private static void load(BenchStore store, YearFacts facts) throws InterruptedException {
        var door = store.doors().writes();
        door.makeSpace(new Space(facts.space(), false));
        long begin = System.nanoTime();
        var items = facts.said().stream().map(BenchTemporal::item).toList();
        for (int from = 0; from < items.size(); from += WriteRequest.MOST_ITEMS) {
            int to = Math.min(from + WriteRequest.MOST_ITEMS, items.size());
            var request =
                    new WriteRequest(
                            facts.space(), items.subList(from, to), false, Optional.empty());
            for (var outcome : door.submit(request).join().outcomes()) {
                if (outcome instanceof Outcome.Refused(var refusal)) {
                    throw Failure.asked("refused: " + refusal);
                }
            }
        }
        store.requireCaughtUp();
        System.out.printf(
                ROOT,
                "%nloaded   %,d statements into %s; searchable after %.1f s%n",
                items.size(),
                facts.space(),
                Figures.seconds(Duration.ofNanos(System.nanoTime() - begin)));
    }

    private static WriteItem item(Statement statement) {
        return WriteItem.now(new WriteItem.Action.AssertFact(statement));
    }

    private void ask(Exchange exchange, SpaceId space, HeldFacts held) throws IOException {
        var random = new SplittableRandom(seed);
        var before = CpuTime.now();
        var asking = CpuTime.ofThisThread();
        Map<Allen, Tally> tallies = new EnumMap<>(Allen.class);
        // In turn, so that what disturbs the machine for a while disturbs all alike.
        for (int i = 0; i < questions; i++) {
            for (var relation : Allen.values()) {
                var asked = question(random, relation, held);
                var tally = tallies.computeIfAbsent(relation, _ -> new Tally());
                var expected = held.answer(asked);
                var found = tally.measured(exchange, space, body(asked));
                tally.expected += expected.size();
                if (!found.equals(expected)) {
                    tally.wrong++;
                    differences.add(asked + ": expected " + expected + ", found " + found);
                }
            }
        }
        var cpu = CpuTime.now().since(before).without(CpuTime.ofThisThread().minus(asking));
        print(tallies);
        long asked = (long) questions * Allen.values().length;
        System.out.printf(
                ROOT,
                "CPU      %.2f ms a question, %.2f of the program and %.2f of the database; the"
                        + " thread that asked and compared is left out%n",
                milliseconds(cpu.total(), asked),
                milliseconds(cpu.program(), asked),
                milliseconds(cpu.database(), asked));
    }

    /// About what one source says, to an interval between two of its moments: so that relations in
    /// which moments are the same are met as well.
    private static Asked question(SplittableRandom random, Allen relation, HeldFacts held) {
        var sources = held.sources();
        var source = sources.get(random.nextInt(sources.size()));
        var moments = new TreeSet<Instant>();
        var times = held.times(source);
        while (moments.size() < 2) {
            var time = times.get(random.nextInt(times.size()));
            moments.add(time.from());
            if (time.end() instanceof End.At(Instant end)) {
                moments.add(end);
            }
            if (random.nextInt(4) == 0) {
                moments.add(
                        time.from().plusSeconds(random.nextLong(-4_000_000_000L, 4_000_000_000L)));
            }
        }
        var all = List.copyOf(moments);
        var to =
                random.nextInt(20) == 0
                        ? Interval.since(all.getFirst())
                        : Interval.between(all.getFirst(), all.getLast());
        var relations = EnumSet.of(relation);
        if (random.nextInt(4) == 0) {
            random.ints(2, 0, Allen.values().length)
                    .mapToObj(List.of(Allen.values())::get)
                    .forEach(relations::add);
        }
        boolean entities = held.saysWhatExists(source) && random.nextBoolean();
        return new Asked(relations, to, random.nextBoolean(), source, entities);
    }

    private static byte[] body(Asked asked) {
        var json = JsonNodeFactory.instance.objectNode();
        var when = json.putObject("when");
        when.put("possibly", asked.possibly());
        var allen = when.putObject("allen");
        var relations = allen.putArray("relation");
        asked.relations().forEach(relation -> relations.add(relation.word()));
        allen.put("from", asked.to().from().toString());
        if (asked.to().end() instanceof End.At(Instant end)) {
            allen.put("until", end.toString());
        }
        json.putObject("who").putArray("sources").add(asked.source().value());
        json.putArray("kinds").add(asked.entities() ? "entity" : "fact");
        json.put("limit", HITS);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// What questions of one relation found, and how long they took.
    private static final class Tally {
        private final Durations wall = new Durations();
        private long expected;
        private long wrong;

        Set<String> measured(Exchange exchange, SpaceId space, byte[] body) throws IOException {
            long begin = System.nanoTime();
            var reply = exchange.post("/v1/spaces/" + space + "/retrieve", body);
            wall.add(System.nanoTime() - begin);
            if (reply.status() != 200) {
                throw Failure.asked("the answer was " + reply.status() + ": " + reply.body());
            }
            return names(JSON.readTree(reply.body()));
        }

        void add(Tally other) {
            wall.addAll(other.wall);
            expected += other.expected;
            wrong += other.wrong;
        }
    }

    private static Set<String> names(JsonNode answer) {
        var names = new TreeSet<String>();
        for (var hit : answer.path("hits")) {
            names.add(
                    hit.has("fact")
                            ? HeldFacts.fact(
                                    hit.path("id").asText(),
                                    DomainShapes.INTERVAL.read(hit.at("/fact/valid"), "valid"))
                            : HeldFacts.entity(new EntityId(hit.path("id").asText())));
        }
        return names;
    }

    private static void print(Map<Allen, Tally> tallies) {
        System.out.println("questions    wrong     hits   wall ms p50      p99   relation");
        var all = new Tally();
        tallies.forEach((relation, tally) -> {
            print(tally, relation.word());
            all.add(tally);
        });
        print(all, "overall");
    }

    private static void print(Tally tally, String words) {
        System.out.printf(
                ROOT,
                "%,9d %8d %8d %13.2f %8.2f   %s%n",
                tally.wall.count(),
                tally.wrong,
                tally.expected,
                milliseconds(tally.wall.percentile(.5)),
                milliseconds(tally.wall.percentile(.99)),
                words);
    }
}
