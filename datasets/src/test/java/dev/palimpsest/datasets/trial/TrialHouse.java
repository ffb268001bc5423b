package dev.palimpsest.datasets.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.api.DataFolder;
import dev.palimpsest.api.Palimpsest;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.gremlin.GremlinDoor;
import dev.palimpsest.api.route.Upkeep;
import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.question.Reader;
import dev.palimpsest.time.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The whole store in this process, on a folder of its own, with a clock that can be set.
final class TrialHouse implements AutoCloseable {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);
    private static final List<String> PROJECTIONS =
            List.of("graph", "text", "adjacency", "recall", "vectors", "words");

    private final Settings settings;
    private final InstantSource clock;
    private DataFolder folder;
    private Palimpsest store;

    private TrialHouse(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.folder = DataFolder.take(settings.data(), "trial");
        this.store = Palimpsest.open(folder, settings, clock);
    }

    static TrialHouse open(Path folder, InstantSource clock) throws IOException {
        // the server's own user must be able to reach it
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new TrialHouse(
                new Settings(folder.resolve("data"), "127.0.0.1", 0, Optional.empty()), clock);
    }

    WriteDoor door() {
        return store.doors().writes();
    }

    Ledger ledger() {
        return store.doors().ledger();
    }

    Reader reader() {
        return store.doors().reader();
    }

    GremlinDoor gremlin() {
        return store.doors().gremlin();
    }

    /// Whether every projection has followed as far as that.
    boolean covers(Position position) {
        long head = ledger().head().position().number();
        return upkeep().states().stream()
                .allMatch(state -> state.following() && head - state.behind() >= position.number());
    }

    void awaitVisible() throws InterruptedException {
        var head = ledger().head().position();
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!covers(head)) {
            assertThat(System.nanoTime()).as("catching up").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    void reopen() throws InterruptedException {
        close();
        folder = DataFolder.take(settings.data(), "trial");
        store = Palimpsest.open(folder, settings, clock);
        awaitVisible();
    }

    void rebuildAll() throws InterruptedException {
        PROJECTIONS.forEach(upkeep()::rebuild);
        awaitVisible();
    }

    void assertVerified() throws InterruptedException {
        for (var projection : PROJECTIONS) {
            var finding = upkeep().verify(projection);
            assertThat(finding.differences()).as("%s", finding).isZero();
        }
    }

    @Override
    public void close() {
        store.close();
        folder.close();
    }

    private Upkeep upkeep() {
        return store.doors().upkeep();
    }
}
