package dev.palimpsest.relational.server;

import dev.palimpsest.port.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Server processes that an earlier run of ours left behind in a data folder.
final class Orphans {

    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Orphans() {}

    /// Stops every server process in the folder, and removes the pid file that a dead one left. The
    /// caller holds the folder's lock, so none of them belongs to anybody.
    static void clear(ServerFolder folder) throws IOException {
        Path data = folder.data();
        if (!Files.isDirectory(data)) {
            return;
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<Long> alive = processesIn(data);
        if (!alive.isEmpty()) {
            LOG.info("stopping the database server that an earlier run left behind");
            postmaster(folder, alive).forEach(pid -> Commands.signal("INT", pid));
        }
        while (!alive.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new StoreException.Unavailable(
                        "an earlier database server in " + data + " does not stop: pids " + alive);
            }
            Waiting.aMoment();
            alive = processesIn(data);
        }
        Files.deleteIfExists(folder.pidFile());
    }

    private static List<Long> postmaster(ServerFolder folder, List<Long> alive) throws IOException {
        return PidFile.read(folder.pidFile()).stream()
                .map(PidFile::pid)
                .filter(alive::contains)
                .toList();
    }

    /// A server process works inside its data folder; a zombie no longer works anywhere.
    static List<Long> processesIn(Path data) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.map(ProcessHandle::pid).filter(pid -> worksIn(data, pid)).toList();
        }
    }

    private static boolean worksIn(Path data, long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).equals(data)
                    && Files.readString(process.resolve("comm")).strip().equals("postgres");
        } catch (IOException e) {
            LOG.trace("process {} is gone, or is none of ours", pid, e);
            return false;
        }
    }
}
