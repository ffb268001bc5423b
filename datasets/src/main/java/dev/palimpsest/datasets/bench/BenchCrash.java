package dev.palimpsest.datasets.bench;

import static java.util.Locale.ROOT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.palimpsest.api.Failure;
import dev.palimpsest.api.client.Client;
import dev.palimpsest.api.client.ProblemException;
import dev.palimpsest.api.client.SpaceClient;
import dev.palimpsest.api.wire.FactBody;
import dev.palimpsest.api.wire.ReceiptBody;
import dev.palimpsest.api.wire.WireJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Kills a server with all it started, again and again, while many write and read, and looks
/// whether anything acknowledged is lost, there twice, or answered otherwise than before.
@Command(
        name = "crash",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Kill a server (of its own process) again and again while many write and read, and look"
                    + " whether anything it acknowledged is lost, doubled or changed. Exit code 1"
                    + " if so."
        })
final class BenchCrash implements Callable<Integer> {

    static final String SPACE = "crash";
    static final String SPACE_PATH = SpaceClient.pathOf(SPACE);

    private static final Logger LOG = LoggerFactory.getLogger(BenchCrash.class);
    private static final int MOST_KILLS = 10_000;
    private static final int MOST_AT_ONCE = 256;
    private static final int ROWS_AT_ONCE = 500;
    private static final int MOST_SHOWN = 5;
    private static final long SHORTEST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 5_000;
    private static final long LONGEST_BEGINNING_SECONDS = 60;
    private static final int KEPT_EVERY = 5;
    private static final JsonMapper JSON = new JsonMapper();

    @Option(names = "--kills", paramLabel = "N", description = "Usually ${DEFAULT-VALUE}.")
    int kills = 100;

    @Option(
            names = "--writers",
            paramLabel = "N",
            description = "How many write at once, a row a post; usually ${DEFAULT-VALUE}.")
    int writers = 16;

    @Option(
            names = "--readers",
            paramLabel = "N",
            description = "How many ask at once; usually ${DEFAULT-VALUE}.")
    int readers = 4;

    @Option(names = "--seed", paramLabel = "N", description = "Of the moments of killing.")
    long seed = 1;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = {
                "A folder that is empty or not there; it is kept.",
                "Usually a new one among the temporary files, deleted unless there are faults."
            })
    @Nullable Path data;

    @Spec CommandSpec spec = CommandSpec.create();

    private final List<CrashWriter> crew = new ArrayList<>();
    private final List<Long> readyMillis = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private long asked;

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireBetween("--kills", kills, MOST_KILLS);
        requireBetween("--writers", writers, MOST_AT_ONCE);
        requireBetween("--readers", readers, MOST_AT_ONCE);
        var folder = data == null ? BenchStore.temporary("crash") : data;
        Files.createDirectories(folder);
        var store = folder.resolve("store").toAbsolutePath();
        Circumstances.lines(spec, folder).forEach(System.out::println);
        IntStream.range(0, writers).mapToObj(CrashWriter::new).forEach(crew::add);
        var past =
                new PastAnswers(crew.stream().limit(MOST_SHOWN).map(CrashWriter::entity).toList());
        var random = new SplittableRandom(seed);
        for (int kill = 1; kill <= kills && faults.isEmpty(); kill++) {
            var server = start(store, kill == 1);
            look(server.client(), past, kill);
            writeUntilKilled(server, random.nextLong(SHORTEST_MILLIS, LONGEST_MILLIS));
        }
        var server = start(store, false);
        look(server.client(), past, kills + 1);
        lookAtEverything(server.client());
        server.stop();
        report(past);
        if (data == null && faults.isEmpty()) {
            BenchStore.delete(folder);
        }
        return faults.isEmpty() ? 0 : Failure.ASKED;
    }

    private static void requireBetween(String flag, int value, int most) {
        if (value < 1 || value > most) {
            throw Failure.untried(flag + " must lie between 1 and " + most + ": " + value);
        }
    }

    private CrashedServer start(Path store, boolean first)
            throws IOException, InterruptedException {
        var server = CrashedServer.start(store);
        readyMillis.add(server.untilReady().toMillis());
        if (first) {
            server.client().space(SPACE).make(false);
            server.client()
                    .http()
                    .put(
                            SPACE_PATH + "/predicates/" + CrashWriter.STATE,
                            JsonNodeFactory.instance.objectNode().put("functional", true));
        }
        return server;
    }

    /// What was answered of the past is answered so still; now and then more of it is kept.
    private void look(Client client, PastAnswers past, int kill) {
        past.changed(client).forEach(one -> faults.add("changed: " + one));
        if (kill > 1 && kill % KEPT_EVERY == 2) {
            past.keep(client, Instant.now().toString());
        }
    }

    private void writeUntilKilled(CrashedServer server, long afterMillis)
            throws InterruptedException {
        var begun = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (var writer : crew) {
            threads.add(started(() -> writer.write(server.url(), begun::countDown)));
        }
        for (int reader = 0; reader < readers; reader++) {
            threads.add(started(() -> read(server)));
        }
        if (!begun.await(LONGEST_BEGINNING_SECONDS, TimeUnit.SECONDS)) {
            faults.add("nothing was acknowledged within " + LONGEST_BEGINNING_SECONDS + " s");
        }
        Thread.sleep(afterMillis);
        server.kill();
        for (var thread : threads) {
            thread.join();
        }
    }

    private Thread started(Runnable work) {
        return Thread.ofPlatform()
                .start(() -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        synchronized (faults) {
                            faults.add("refused: " + e.getMessage());
                        }
                    }
                });
    }

    /// Asks until nobody answers.
    private void read(CrashedServer server) {
        var question = JsonNodeFactory.instance.objectNode();
        question.putObject("what").put("text", "what did the writer see");
        byte[] body = question.toString().getBytes(StandardCharsets.UTF_8);
        try (var exchange = new Exchange(server.url())) {
            while (true) {
                int status = exchange.post(SPACE_PATH + "/retrieve", body).status();
                if (status == 500) {
                    throw new IllegalStateException("a question was answered with 500");
                }
                synchronized (this) {
                    asked++;
                }
            }
        } catch (IOException e) {
            LOG.debug("the server is gone, as it should", e);
        }
    }

    /// Everything acknowledged is there, nothing twice, and all projections are equal.
    private void lookAtEverything(Client client) {
        for (var writer : crew) {
            var doubtful = new HashSet<>(writer.inDoubt());
            var sure = new ArrayList<>(writer.rows());
            sure.removeIf(doubtful::contains);
            sure.stream()
                    .filter(row -> !row.json().contains("\"" + CrashWriter.STATE + "\""))
                    .collect(Collectors.groupingBy(CrashWriter.Row::path))
                    .forEach((path, rows) -> requireThere(client, path, rows));
            requireState(client, writer);
        }
        requireOnce(client);
        requireEqual(client);
    }

    /// Sent again, what is there changes nothing.
    private void requireThere(Client client, String path, List<CrashWriter.Row> rows) {
        for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
            var array = JSON.createArrayNode();
            rows.subList(from, Math.min(from + ROWS_AT_ONCE, rows.size()))
                    .forEach(row -> array.add(tree(row.json())));
            var results = sent(client, path, array).results();
            for (int i = 0; i < results.size(); i++) {
                if (!results.get(i).status().equals("unchanged")) {
                    faults.add("lost: " + array.get(i));
                }
            }
        }
    }

    private static ReceiptBody sent(Client client, String path, ArrayNode rows) {
        return client.http()
                .post(SPACE_PATH + "/" + path + "?wait=durable", rows, ReceiptBody.class);
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException(json, e);
        }
    }

    /// What is believed is what was said last, acknowledged or in doubt.
    private void requireState(Client client, CrashWriter writer) {
        if (!writer.hasState()) {
            return;
        }
        var facts =
                client.http()
                        .list(
                                SPACE_PATH
                                        + "/entities/"
                                        + writer.entity()
                                        + "/facts?predicate="
                                        + CrashWriter.STATE,
                                FactBody.class)
                        .toList();
        if (facts.size() != 1) {
            faults.add(
                    "doubled: " + writer.entity() + " is believed in " + facts.size() + " states");
            return;
        }
        int believed = ((Number) facts.getFirst().object().value()).intValue();
        if (!writer.couldBeLast(believed)) {
            faults.add("lost: the state of " + writer.entity() + " is " + believed);
        }
    }

    /// As many readings are there as were acknowledged, and of those in doubt each once or not.
    private void requireOnce(Client client) {
        var count = JsonNodeFactory.instance.objectNode().put("by", "predicate");
        Map<String, Long> there = new HashMap<>();
        for (var group : client.space(SPACE).count(count).groups()) {
            there.put(group.key(), group.count());
        }
        for (int kind = 2; kind < 10; kind++) {
            var predicate = "\"reading" + kind + "\"";
            long sent =
                    crew.stream()
                            .flatMap(writer -> writer.rows().stream())
                            .filter(row -> row.json().contains(predicate))
                            .count();
            long doubt =
                    crew.stream()
                            .flatMap(writer -> writer.inDoubt().stream())
                            .filter(row -> row.json().contains(predicate))
                            .count();
            long found = there.getOrDefault("reading" + kind, 0L);
            if (found > sent || found < sent - doubt) {
                faults.add(
                        "doubled or lost: %,d of %s, sent %,d, in doubt %,d"
                                .formatted(found, predicate, sent, doubt));
            }
        }
    }

    private void requireEqual(Client client) {
        for (var projection : List.of("graph", "text", "vectors", "adjacency", "recall")) {
            try {
                var finding = client.verify(projection);
                if (finding.differences() > 0) {
                    faults.add("unequal: " + projection + " " + WireJson.text(finding));
                }
            } catch (ProblemException e) {
                faults.add("unequal: " + projection + " " + e.getMessage());
            }
        }
    }

    private void report(PastAnswers past) {
        long acknowledged = crew.stream().mapToLong(CrashWriter::acknowledged).sum();
        long doubt = crew.stream().mapToLong(writer -> writer.inDoubt().size()).sum();
        var ready = readyMillis.stream().skip(1).sorted().toList();
        System.out.printf(
                ROOT,
                """

                kills     %,d under %d writers and %d readers, seed %d
                written   %,d rows acknowledged, %,d in doubt; %,d questions answered
                past      %,d answers of earlier moments asked again after every start
                ready     after a kill: p50 %,d ms, longest %,d ms
                faults    %,d
                load      %.1f at the end
                """,
                kills,
                writers,
                readers,
                seed,
                acknowledged,
                doubt,
                asked,
                past.count(),
                ready.get(ready.size() / 2),
                ready.getLast(),
                faults.size(),
                Circumstances.load());
        faults.stream().limit(MOST_SHOWN).forEach(System.out::println);
    }
}
