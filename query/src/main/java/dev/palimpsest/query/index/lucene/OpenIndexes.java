package dev.palimpsest.query.index.lucene;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Projection.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.store.FSDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder with one index per space, and those of them that are open. Used under the lock of
/// [SpaceIndexes].
final class OpenIndexes {

    private static final Logger LOG = LoggerFactory.getLogger(OpenIndexes.class);

    private final String name;
    private final Path folder;
    private final IndexFormat format;
    private final Limits limits;

    /// Least used first.
    private final LinkedHashMap<SpaceId, SpaceIndex> open = new LinkedHashMap<>(16, .75f, true);

    /// Of each space ever committed, the position its index must have reached on disk.
    private final Map<SpaceId, Long> commits = new HashMap<>();

    /// How many indexes may be open, and how much may be lost.
    ///
    /// @param open in all; more only while all of them are written
    /// @param writing for writing
    /// @param uncommittedRows that are to be applied again after a crash, about
    record Limits(int open, int writing, int uncommittedRows) {
        static final Limits USUAL = new Limits(64, 16, 20_000);
    }

    OpenIndexes(String name, Path folder, IndexFormat format, Limits limits) {
        this.name = name;
        this.folder = folder;
        this.format = format;
        this.limits = limits;
    }

    String nameOf(SpaceId space) {
        return name + "/" + space.value();
    }

    void expect(Map<SpaceId, Long> commitsOnDisk) {
        commits.putAll(commitsOnDisk);
    }

    Map<SpaceId, Long> commits() {
        return Map.copyOf(commits);
    }

    /// Spaces that have an index, at most so many.
    List<SpaceId> known(int most) {
        return commits.keySet().stream().limit(most).toList();
    }

    /// The index of a space to read from; empty if the space never had rows. Never writes a file.
    Optional<SpaceIndex> reading(SpaceId space) throws IOException {
        SpaceIndex index = open.get(space);
        if (index == null) {
            if (!isThere(space)) {
                return Optional.empty();
            }
            index = opened(space);
            SpaceIndex kept = index;
            closeSurplus(
                    open.size() - limits.open(),
                    other -> !other.isWriting() && other != kept,
                    Checkpoint.UNFINISHED);
        }
        return Optional.of(index);
    }

    /// The index of a space to write to.
    SpaceIndex writing(SpaceId space) throws IOException {
        SpaceIndex index = open.get(space);
        if (index == null) {
            if (!isThere(space)) {
                Path path = pathOf(space);
                Files.createDirectories(path);
                SpaceIndex.create(nameOf(space), path, format);
            }
            index = opened(space);
        }
        index.openForWriting();
        return index;
    }

    /// Closes the writers used least, what they wrote made durable first.
    ///
    /// @param complete everything up to here was written
    void closeSurplusWriters(Checkpoint complete) throws IOException {
        long writing = open.values().stream().filter(SpaceIndex::isWriting).count();
        closeSurplus(writing - limits.writing(), SpaceIndex::isWriting, complete);
    }

    Map<SpaceId, SpaceIndex> all() {
        return Map.copyOf(open);
    }

    /// Makes everything written durable.
    void commit(Checkpoint complete) throws IOException {
        for (var entry : open.entrySet()) {
            commit(entry.getKey(), entry.getValue(), complete);
        }
    }

    /// Closes all; what was not committed is lost.
    void closeAll() throws IOException {
        var indexes = new ArrayList<>(open.values());
        open.clear();
        IOException failure = null;
        for (SpaceIndex index : indexes) {
            try {
                index.close();
            } catch (IOException | RuntimeException | InternalError e) {
                var before = failure;
                failure = new IOException("index " + index.name() + " cannot be closed", e);
                if (before != null) {
                    failure.addSuppressed(before);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /// Closes and deletes all, also what is too damaged to be closed.
    void deleteAll() throws IOException {
        try {
            closeAll();
        } catch (IOException e) {
            LOG.warn("an index of {} is deleted nevertheless", name, e);
        }
        commits.clear();
        delete(folder);
    }

    /// From now on a space may have no index.
    void forget(SpaceId space) {
        commits.remove(space);
    }

    /// Closes and deletes the index of one space.
    void delete(SpaceId space) throws IOException {
        var index = open.remove(space);
        if (index != null) {
            index.close();
        }
        delete(pathOf(space));
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> deepestFirst;
            try (var walk = Files.walk(folder)) {
                deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }

    private void closeSurplus(long surplus, Predicate<SpaceIndex> mayClose, Checkpoint complete)
            throws IOException {
        var entries = open.entrySet().iterator();
        for (long left = surplus; left > 0 && entries.hasNext(); ) {
            var entry = entries.next();
            if (mayClose.test(entry.getValue())) {
                commit(entry.getKey(), entry.getValue(), complete);
                entries.remove();
                entry.getValue().close();
                left--;
            }
        }
    }

    private void commit(SpaceId space, SpaceIndex index, Checkpoint complete) throws IOException {
        if (index.isUncommitted()) {
            index.commit(complete);
            commits.put(space, complete.position().number());
        }
    }

    /// Whether a space has an index.
    ///
    /// @throws IndexNotFoundException if it had one
    private boolean isThere(SpaceId space) throws IOException {
        Path path = pathOf(space);
        boolean there = false;
        if (isFolder(path)) {
            try (var directory = FSDirectory.open(path)) {
                there = DirectoryReader.indexExists(directory);
            }
        }
        if (!there && commits.containsKey(space)) {
            throw new IndexNotFoundException("it is gone: " + path);
        }
        return there;
    }

    /// Not there is something else than not to be seen now.
    private static boolean isFolder(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).isDirectory();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private SpaceIndex opened(SpaceId space) throws IOException {
        SpaceIndex index;
        try {
            index = SpaceIndex.open(nameOf(space), pathOf(space), format);
        } catch (RuntimeException | InternalError e) {
            throw new CorruptIndexException("it cannot be opened", nameOf(space), e);
        }
        if (index.committed() < commits.getOrDefault(space, 0L)) {
            index.close();
            throw new CorruptIndexException("it is older than its checkpoint", nameOf(space));
        }
        open.put(space, index);
        return index;
    }

    private Path pathOf(SpaceId space) {
        return folder.resolve(space.value());
    }
}
