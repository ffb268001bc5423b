package dev.palimpsest.datasets.bench;

import dev.palimpsest.api.Failure;
import dev.palimpsest.api.Palimpsest;
import dev.palimpsest.api.Server;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.route.Doors;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A store opened in this process to be measured, with its HTTP door; in a folder of its own, which
/// is deleted afterwards, unless one is named.
public final class BenchStore implements AutoCloseable {

    private static final Duration LONGEST_CATCH_UP = Duration.ofMinutes(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Path folder;
    private final boolean isTemporary;
    private final Server server;

    private BenchStore(Path folder, boolean isTemporary, Server server) {
        this.folder = folder;
        this.isTemporary = isTemporary;
        this.server = server;
    }

    /// Where the store to measure lies, as a flag.
    static final class Flags {

        @Option(
                names = "--data",
                paramLabel = "FOLDER",
                description = {
                    "Measure in this folder, and keep it; no server may live on it.",
                    "Usually a new one among the temporary files, deleted at the end."
                })
        @Nullable Path data;

        /// @throws Failure if the store cannot be opened there
        BenchStore open() throws IOException {
            boolean isTemporary = data == null;
            var chosen = data == null ? temporary("bench") : data;
            var folder = chosen.toAbsolutePath().normalize();
            try {
                var settings = new Settings(folder, "127.0.0.1", 0, Optional.empty());
                return started(folder, isTemporary, Server.start(settings, "bench"));
            } catch (RuntimeException e) {
                if (isTemporary) {
                    delete(folder);
                }
                throw e;
            }
        }

        private static BenchStore started(Path folder, boolean isTemporary, Server server) {
            if (!server.awaitReady()) {
                server.close();
                throw Failure.asked("the database ended while the store was opened");
            }
            return new BenchStore(folder, isTemporary, server);
        }
    }

    /// The store in that folder, which is made if it is not there, and kept.
    ///
    /// @throws Failure if the store cannot be opened
    static BenchStore at(Path folder) throws IOException {
        var flags = new Flags();
        flags.data = folder;
        return flags.open();
    }

    public Path folder() {
        return folder;
    }

    URI url() {
        return server.url();
    }

    /// For what is not measured: preparing and looking.
    public Doors doors() {
        return server.palimpsest().doors();
    }

    /// For what no door leads to.
    public Palimpsest.Inside inside() {
        return server.palimpsest().inside();
    }

    /// By how many positions each projection lies behind the ledger.
    Map<String, Long> backlog() {
        var behind = new TreeMap<String, Long>();
        doors().upkeep().states().forEach(state -> behind.put(state.name(), state.behind()));
        return behind;
    }

    /// Waits until no projection lies behind, but those that are named.
    ///
    /// @throws Failure if that takes too long
    void requireCaughtUp(String... leftOut) throws InterruptedException {
        requireCaughtUp(LONGEST_CATCH_UP, leftOut);
    }

    /// Likewise, for so long.
    void requireCaughtUp(Duration longest, String... leftOut) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (isBehind(Set.of(leftOut))) {
            if (System.nanoTime() > deadline) {
                throw Failure.asked(
                        "projections still lie behind after "
                                + longest
                                + ": "
                                + Figures.list(backlog()));
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    /// Makes projections anew, and waits until they are level again.
    public void rebuild(List<String> projections, Duration longest) throws InterruptedException {
        projections.forEach(doors().upkeep()::rebuild);
        requireCaughtUp(longest);
    }

    private boolean isBehind(Set<String> leftOut) {
        return doors().upkeep().states().stream()
                .anyMatch(state ->
                        (state.behind() > 0 || !state.following())
                                && !leftOut.contains(state.name()));
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (isTemporary) {
            delete(folder);
        }
    }

    /// A new folder among the temporary files, which the database's user can enter.
    static Path temporary(String name) throws IOException {
        var folder = Files.createTempDirectory("palimpsest-" + name);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }

    static void delete(Path folder) throws IOException {
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
