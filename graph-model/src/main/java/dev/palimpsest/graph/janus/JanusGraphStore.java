package dev.palimpsest.graph.janus;

import com.sleepycat.je.DiskLimitException;
import com.sleepycat.je.EnvironmentFailureException;
import com.sleepycat.je.LogWriteException;
import com.sleepycat.je.dbi.DbEnvPool;
import com.sleepycat.je.dbi.EnvironmentImpl;
import dev.palimpsest.port.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.janusgraph.core.JanusGraphException;
import org.janusgraph.core.JanusGraphTransaction;
import org.janusgraph.graphdb.database.StandardJanusGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The graph of all spaces, in a folder or in memory: opened once, read and written by threads of
/// its own. Safe for use by many threads.
///
/// Its writer is [#projection], its readers are [GremlinReader]s; nothing else touches it.
public final class JanusGraphStore implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JanusGraphStore.class);

    private static final int READERS = Math.max(2, Runtime.getRuntime().availableProcessors());
    private static final int WAITING_READERS = 128;
    private static final int WAITING_WRITERS = 16;

    private final Optional<Folder> folder;
    private final GraphThreads readers;
    private final GraphThreads writer;

    // Held for reading while a transaction is open, for writing while the graph is replaced.
    private final ReadWriteLock replacing = new ReentrantReadWriteLock();

    // A commit moves edges it closes, and BerkeleyJE's cursors, reading without locks, may miss
    // one that moves. So no traversal runs during a commit; fair, so that neither starves.
    private final ReadWriteLock committing = new ReentrantReadWriteLock(true);
    private Opened opened;

    // Whether BerkeleyJE has given up, as it does when a file cannot be written; it answers nobody
    // until it is opened again.
    private volatile boolean givenUp;

    private JanusGraphStore(Optional<Folder> folder) {
        this.folder = folder;
        this.readers = new GraphThreads("graph-reader", READERS, WAITING_READERS);
        this.writer = new GraphThreads("graph-writer", 1, WAITING_WRITERS);
        try {
            this.opened = writer.call(this::openGraph);
        } catch (RuntimeException e) {
            close(Optional.empty());
            throw e;
        }
    }

    /// The graph that is open now, and its names.
    record Opened(StandardJanusGraph graph, GraphSchema schema) {}

    private record Folder(Path path, FileChannel lockFile, FileLock lock) {}

    /// Opens the graph in `folder`, making it if there is none.
    ///
    /// @throws StoreException.Unavailable if another process holds it
    /// @throws StoreException.Corrupt if what lies there cannot be read; see [#discard]
    public static JanusGraphStore open(Path folder) {
        return new JanusGraphStore(Optional.of(take(folder)));
    }

    /// A graph that is gone when closed.
    public static JanusGraphStore inMemory() {
        return new JanusGraphStore(Optional.empty());
    }

    /// Removes the graph in `folder`, which nobody has open, so that it can be built anew.
    public static void discard(Path folder) {
        var taken = take(folder);
        try {
            GraphFolder.discard(taken.path());
        } finally {
            release(taken);
        }
    }

    /// What follows the ledger into this graph.
    public JanusProjection projection() {
        return new JanusProjection(this);
    }

    /// Does `work` with a snapshot of the graph, one of a few at a time, and closes it.
    <T> T read(
            NodeNumbers nodes,
            GraphView view,
            Supplier<Budget> budget,
            Function<SnapshotGraph, T> work) {
        return readers.call(() -> {
            committing.readLock().lock();
            try {
                return withGraph(now -> {
                    try (var snapshot = new SnapshotGraph(source(now), nodes, view, budget.get())) {
                        return work.apply(snapshot);
                    }
                });
            } finally {
                committing.readLock().unlock();
            }
        });
    }

    /// Commits while nothing is read.
    void commit(JanusGraphTransaction transaction) {
        committing.writeLock().lock();
        try {
            transaction.commit();
        } finally {
            committing.writeLock().unlock();
        }
    }

    /// Does `work` with the graph on the one thread that writes.
    <T> T write(Function<Opened, T> work) {
        return writer.call(() -> {
            if (givenUp) {
                reopen();
            }
            return withGraph(work);
        });
    }

    /// Opens what has given up again: all that was committed is there. Fails while what it failed
    /// for lasts; then the next who writes tries again.
    private void reopen() {
        replacing.writeLock().lock();
        try {
            closeQuietly(opened.graph());
            opened = openGraph();
            givenUp = false;
            LOG.info("the graph was opened again");
        } finally {
            replacing.writeLock().unlock();
        }
    }

    /// JanusGraph stops closing at the first thing that fails, and leaves what has given up open.
    private void closeQuietly(StandardJanusGraph graph) {
        try {
            graph.close();
        } catch (RuntimeException e) {
            LOG.debug("a graph that has given up does not close in order", e);
        }
        for (var left : openEnvironments()) {
            var home = left.getEnvironmentHome().toPath();
            if (left.wasInvalidated()
                    && folder.map(Folder::path).filter(home::startsWith).isPresent()) {
                left.closeAfterInvalid();
            }
        }
    }

    /// A copy: whatever closes is taken out of the pool, also by others.
    private static List<EnvironmentImpl> openEnvironments() {
        var pool = DbEnvPool.getInstance();
        synchronized (pool) {
            return List.copyOf(pool.getEnvImpls());
        }
    }

    /// Sees to it that what was committed is on the disk.
    void force() {
        write(now -> {
            folder.ifPresent(taken -> GraphFolder.force(taken.path()));
            return now;
        });
    }

    /// Puts an empty graph in the place of this one, once those who read it are done.
    void replaceByEmpty() {
        writer.call(() -> {
            replacing.writeLock().lock();
            try {
                closeQuietly(opened.graph());
                folder.ifPresent(taken -> GraphFolder.discard(taken.path()));
                opened = openGraph();
                givenUp = false;
                return opened;
            } finally {
                replacing.writeLock().unlock();
            }
        });
    }

    @Override
    public void close() {
        close(Optional.of(opened.graph()));
    }

    private void close(Optional<StandardJanusGraph> graph) {
        readers.close();
        if (graph.isPresent()) {
            writer.call(() -> {
                graph.get().close();
                return graph;
            });
        }
        writer.close();
        folder.ifPresent(JanusGraphStore::release);
    }

    private <T> T withGraph(Function<Opened, T> work) {
        replacing.readLock().lock();
        try {
            return work.apply(opened);
        } catch (JanusGraphException | com.sleepycat.je.DatabaseException e) {
            givenUp |= isIn(e, EnvironmentFailureException.class);
            throw new StoreException.Unavailable("the graph does not answer: " + e.getMessage(), e);
        } finally {
            replacing.readLock().unlock();
        }
    }

    private static SnapshotGraph.Source source(Opened now) {
        return new SnapshotGraph.Source(
                GraphSettings.reading(now.graph()), now.graph().getIDManager(), now.schema());
    }

    /// A disk that is full is no damage.
    private void requireDisk(Throwable failure) {
        if (isIn(failure, DiskLimitException.class) || isIn(failure, LogWriteException.class)) {
            throw new StoreException.Unavailable(
                    "the disk of the graph in "
                            + folder.map(Folder::path).orElse(Path.of("memory"))
                            + " has less than "
                            + (GraphSettings.FREE_DISK_BYTES >> 20)
                            + " MB free: free some space, then try again; nothing is lost",
                    failure);
        }
    }

    private static boolean isIn(Throwable failure, Class<? extends Throwable> kind) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private Opened openGraph() {
        try {
            var graph =
                    GraphSettings.open(
                            folder.map(Folder::path)
                                    .map(GraphFolder::prepare)
                                    .map(GraphSettings::berkeley)
                                    .orElseGet(GraphSettings::inMemory));
            return new Opened(graph, GraphSchema.of(graph));
        } catch (JanusGraphException
                | IllegalArgumentException
                | EnvironmentFailureException
                | DiskLimitException e) {
            requireDisk(e);
            throw new StoreException.Corrupt(
                    "the graph in "
                            + folder.map(Folder::path).orElse(Path.of("memory"))
                            + " cannot be opened: rebuild it ("
                            + e.getMessage()
                            + ")",
                    e);
        }
    }

    // Our own lock, taken first: BerkeleyJE has one too, but a failed open leaves threads behind.
    private static Folder take(Path folder) {
        try {
            Files.createDirectories(folder);
            var file =
                    FileChannel.open(
                            folder.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            FileLock lock = tryLock(file);
            if (lock == null) {
                file.close();
                throw new StoreException.Unavailable(
                        "the graph in " + folder + " is open in another process: stop that first");
            }
            return new Folder(folder, file, lock);
        } catch (IOException e) {
            throw new StoreException.Unavailable(
                    "the graph folder " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel file)
            throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException _) {
            return null; // held by another store of this very process
        }
    }

    private static void release(Folder taken) {
        try (taken.lockFile;
                taken.lock) {
            // closing both is releasing
        } catch (IOException e) {
            throw new StoreException.Unavailable("cannot release " + taken.path(), e);
        }
    }
}
