package dev.palimpsest.datasets.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.api.DataFolder;
import dev.palimpsest.api.Palimpsest;
import dev.palimpsest.api.Settings;
import dev.palimpsest.datasets.made.Cities;
import dev.palimpsest.datasets.made.MadeData;
import dev.palimpsest.datasets.made.MadeLoad;
import dev.palimpsest.datasets.made.RealTexts;
import dev.palimpsest.datasets.made.Selectivity;
import dev.palimpsest.question.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeersAgreeIT {

    private static final int DOCUMENTS = 2_000;
    private static final int QUESTIONS = 8;
    private static final long SEED = 4;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);
    private static final List<String> TEXTS =
            IntStream.range(0, 60)
                    .mapToObj(i -> "boat number " + i + " came to harbour " + i % 7 + " with grain")
                    .toList();

    @TempDir Path folder;

    @Test
    void postgresAndWeAndAPlainLookAtEveryRowLetTheSamePass()
            throws IOException, InterruptedException, SQLException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var data = new MadeData(new RealTexts(TEXTS, TEXTS), cities());
        var world = data.world(DOCUMENTS);
        var settings = new Settings(folder.resolve("data"), "127.0.0.1", 0, Optional.empty());
        try (var store = Palimpsest.open(DataFolder.take(settings.data(), "peers"), settings);
                var postgres =
                        PostgresPeer.make(
                                folder.resolve("peer"), settings.data().resolve("ledger"))) {
            var inside = store.inside();
            var done =
                    data.load(
                            world,
                            store.doors().writes(),
                            inside.embeddings(),
                            inside.embedder(),
                            folder);
            awaitLevel(store);
            var plain = new PlainReading();
            new PeerRows(MadeLoad.SPACE, inside.embeddings(), inside.embedder().model())
                    .scan(
                            inside.feed(),
                            batch -> {
                                plain.add(batch);
                                postgres.add(batch);
                            });
            postgres.finishLoading();

            var made = data.questions(world, done.lastRecorded(), SEED);
            var translation = new Translation(inside.embedder(), store.doors().ledger());
            var ours = new OurPassing(store.doors().counter(), inside.exact());
            for (var selectivity : Selectivity.values()) {
                for (Question question : made.of(selectivity, QUESTIONS)) {
                    var asked = translation.of(question);
                    var passing = plain.of(asked);
                    var found = postgres.passing(asked);
                    assertThat(passing.differing(found)).as(postgres.query(asked)).isEmpty();
                    assertThat(ours.differences(question, passing)).as("%s", question).isEmpty();
                    assertThat(passing.all().keySet())
                            .containsAll(
                                    postgres.ask(asked).stream()
                                            .map(Peer.Found::id)
                                            .filter(id -> !passing.isAtBorder(id))
                                            .toList());
                }
            }
        }
    }

    /// Forty of them, and no routes.
    private Cities cities() throws IOException {
        var rows = new StringBuilder("~id,~label,code:string,desc:string,lat:double,lon:double\n");
        for (int i = 0; i < 40; i++) {
            rows.append(i).append(",airport,A,\"C, D\",");
            rows.append(i * 4 - 80).append(',').append(i * 9 - 179).append('\n');
        }
        var routes = Files.createDirectories(folder.resolve("air-routes"));
        Files.writeString(routes.resolve("nodes.csv"), rows);
        Files.writeString(routes.resolve("edges.csv"), "~id,~from,~to,~label,dist:int\n");
        return Cities.read(folder);
    }

    private static void awaitLevel(Palimpsest store) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (store.doors().upkeep().states().stream()
                .anyMatch(state -> state.behind() > 0 || !state.following())) {
            assertThat(System.nanoTime()).as("catching up").isLessThan(deadline);
            Thread.sleep(50);
        }
    }
}
