package dev.palimpsest.datasets.peers;

import dev.palimpsest.datasets.bench.Circumstances;
import dev.palimpsest.datasets.bench.MadeStore;
import dev.palimpsest.datasets.made.MadeData;
import dev.palimpsest.datasets.made.MadeLoad;
import dev.palimpsest.datasets.made.Selectivity;
import dev.palimpsest.datasets.peers.Measured.Loading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures Palimpsest and other stores by the same rows, questions and vectors. Not part of the
/// distribution: runs from the source tree only, by `./palimpsest bench peers`.
@Command(name = "peers", sortOptions = false, mixinStandardHelpOptions = true)
final class ComparePeers implements Callable<Integer> {

    private static final long SEED = 4;
    private static final Duration LONGEST_REBUILD = Duration.ofHours(6);

    @Option(names = "--documents", description = "How many; usually ${DEFAULT-VALUE}.")
    int documents = 100_000;

    @Option(names = "--texts", required = true, description = "As of bench latency.")
    Path texts = Path.of("");

    @Option(names = "--cache", required = true, description = "As of bench latency.")
    Path cache = Path.of("");

    @Option(
            names = "--questions",
            description = "How many of each class are measured; usually ${DEFAULT-VALUE}.")
    int questions = 20;

    @Option(
            names = "--warm-up",
            description = "How many others of each class go before; usually ${DEFAULT-VALUE}.")
    int warmUp = 20;

    @Option(
            names = "--compared",
            description = "How many answers of each class are judged; usually ${DEFAULT-VALUE}.")
    int compared = 20;

    @Option(
            names = "--peers",
            split = ",",
            description = "postgres, neo4j; usually both, one after the other.")
    List<PeerName> peers = List.of(PeerName.values());

    @Option(names = "--rebuild", split = ",", description = "As of bench latency.")
    List<String> rebuild = List.of();

    @Option(
            names = "--show",
            description = "Print what peers are asked for the first question of each class.")
    boolean show;

    @Spec CommandSpec spec = CommandSpec.create();

    /// Peers by the names of the command line.
    enum PeerName {
        postgres,
        neo4j
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ComparePeers()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        var data = MadeData.read(texts);
        var world = data.world(documents);
        var opened = MadeStore.open(cache.toAbsolutePath().normalize(), data, world);
        try (var store = opened.store()) {
            store.rebuild(rebuild, LONGEST_REBUILD);
            var inside = store.inside();
            var translation = new Translation(inside.embedder(), store.doors().ledger());
            var made = data.questions(world, Instant.parse(opened.manifest().lastRecorded()), SEED);
            var classes =
                    Stream.of(Selectivity.values())
                            .map(one -> new AskedClass(one, made, warmUp, questions, translation))
                            .toList();
            classes.forEach(one -> one.embed(translation));
            var rows = new PeerRows(MadeLoad.SPACE, inside.embeddings(), inside.embedder().model());
            var plain = new PlainReading();
            rows.scan(inside.feed(), plain::add);
            classes.forEach(one -> one.judge(plain, inside.exact(), compared));

            var lines = new ArrayList<>(Circumstances.lines(spec, store.folder()));
            lines.add(String.format(Locale.ROOT, "rows     %,d, closed ones too", plain.size()));
            lines.set(0, lines.getFirst().replaceFirst("palimpsest", "palimpsest bench peers"));
            lines.forEach(System.out::println);
            var measured = new ArrayList<Measured>();
            measured.add(Ourselves.measured(store, opened.manifest(), classes));
            for (var name : peers) {
                try (var peer = peer(name)) {
                    var loading = new Loading(peer);
                    rows.scan(inside.feed(), loading::add);
                    loading.finish();
                    System.err.printf("%s loaded after %s%n", peer.name(), loading.wall());
                    if (show) {
                        classes.forEach(one -> show(peer, one));
                    }
                    measured.add(Measured.of(peer, loading, classes, plain));
                }
            }
            new PeersReport(classes, measured).print(System.out);
            System.out.printf(Locale.ROOT, "%nload     %.1f at the end%n", Circumstances.load());
        }
        return 0;
    }

    private static void show(Peer peer, AskedClass one) {
        System.out.printf(
                "%n### %s, %s%n%n```%n%s%n```%n",
                peer.name(),
                one.selectivity().words(),
                peer.query(one.asked().getFirst().theirs()));
    }

    private Peer peer(PeerName name) throws IOException, InterruptedException, SQLException {
        var folder = cache.resolve("peer-" + name + "-" + documents).toAbsolutePath().normalize();
        delete(folder);
        return switch (name) {
            case postgres -> PostgresPeer.make(folder, folder.resolveSibling("peer-programs"));
            case neo4j ->
                    Neo4jPeer.make(folder, Path.of(System.getProperty("palimpsest.datasets", ".")));
        };
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
