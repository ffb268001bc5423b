package dev.palimpsest.query.index.lucene;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Gone;
import dev.palimpsest.port.Projection.Checkpoint;
import dev.palimpsest.port.Projection.HeldRow;
import dev.palimpsest.port.Row;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Position;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.IOFunction;
import org.apache.lucene.util.IORunnable;
import org.apache.lucene.util.IOSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The indexes of one projection, one per space, opened when they are needed; those used least are
/// closed again. Knows how far they are complete, for readers and on disk, and what is damaged.
///
/// One thread applies, clears and closes; it alone writes files, so that readers may be
/// interrupted. Readers get a searcher that holds everything up to the position they ask for.
///
/// A batch is visible when [#apply] returns. It is durable later, when enough has come together;
/// what is lost in between is applied again, which changes nothing.
final class SpaceIndexes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SpaceIndexes.class);

    static final Comparator<SpaceId> BY_NAME = Comparator.comparing(SpaceId::value);

    /// Rows of one space that may wait for a refresh while it is built and nobody may read it.
    private static final int MOST_UNSEEN = 50_000;

    private final String name;
    private final Path folder;
    private final DocumentSource documents;
    private final OpenIndexes.Limits limits;

    private final ReentrantLock lock = new ReentrantLock();
    private final OpenIndexes indexes;
    private final Progress progress;

    /// Replaced, under the lock, when everything is dropped: who began before that tells nobody.
    private Damage damage = new Damage(this::check);

    /// Of the applying thread alone.
    private boolean lookedAt;

    SpaceIndexes(
            String name,
            Path folder,
            IndexFormat format,
            DocumentSource documents,
            OpenIndexes.Limits limits) {
        this.name = name;
        this.folder = folder;
        this.documents = documents;
        this.limits = limits;
        this.indexes = new OpenIndexes(name, folder.resolve("spaces"), format, limits);
        this.progress = new Progress(new CheckpointFile(name, folder, documents.layout()));
    }

    /// Up to where rows were applied: the place to follow from. After a failure, or a restart, that
    /// is what is durable.
    Optional<Checkpoint> checkpoint() {
        return guarded(name, progress::applied);
    }

    Position covers() {
        return guarded(name, progress::covers);
    }

    /// Searches a space as of a position.
    ///
    /// @param nothing what a space without rows gives
    /// @throws StoreException.Unavailable if `at` is not covered
    <T> T search(SpaceId space, Position at, T nothing, IOFunction<IndexSearcher, T> search) {
        Optional<Acquired> found = guarded(indexes.nameOf(space), () -> acquire(space, at));
        return found.isEmpty() ? nothing : found.get().search(search);
    }

    private Optional<Acquired> acquire(SpaceId space, Position at) throws IOException {
        var covered = progress.covers();
        if (covered.isBefore(at)) {
            throw new StoreException.Unavailable(
                    "index "
                            + name
                            + " has come to position "
                            + covered.number()
                            + ", not yet to "
                            + at.number());
        }
        Optional<SpaceIndex> open = indexes.reading(space);
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of(new Acquired(space, open.get().name(), open.get().acquire(), damage));
    }

    /// Hands over every row of a space, once all its checksums were found right.
    void rows(SpaceId space, Consumer<HeldRow> sink) {
        check(space);
        search(
                space,
                Position.START,
                0,
                searcher -> {
                    new StoredRows(searcher.getIndexReader()).each(sink);
                    return 0;
                });
    }

    /// Reads all bytes of a space. Those that cannot be read to the end are damage, however they
    /// fail.
    private void check(SpaceId space) {
        search(
                space,
                Position.START,
                0,
                searcher -> {
                    try {
                        new StoredRows(searcher.getIndexReader()).checkIntegrity();
                        return 0;
                    } catch (IOException | RuntimeException | InternalError e) {
                        if (IndexFailure.isOfFiles(e)) {
                            throw e;
                        }
                        throw new CorruptIndexException(
                                "its checksums are wrong", indexes.nameOf(space), e);
                    }
                });
    }

    /// Tells of damage that was met. The first time it opens what was there before, some of it:
    /// what is gone or was cut off is then noticed before anybody asks.
    void requireSound() {
        if (!lookedAt) {
            lookedAt = true;
            guarded(name, () -> indexes.known(limits.open())).forEach(this::look);
        }
        damage.requireNone();
        damage.checkDue();
    }

    private void look(SpaceId space) {
        try {
            guarded(indexes.nameOf(space), () -> indexes.reading(space));
        } catch (StoreException.Unavailable e) {
            LOG.warn("index {} could not be opened at the start", indexes.nameOf(space), e);
        }
    }

    /// Applies rows to the indexes of their spaces, and shows them.
    ///
    /// @throws StoreException after which [#checkpoint] says where to go on from
    void apply(List<Row> rows, Checkpoint upTo) {
        Optional<Checkpoint> before = checkpoint();
        Progress.requireSameEpoch(before, upTo);
        writing(() -> {
            bySpace(rows)
                    .forEach((space, some) ->
                            write(space, some, before.orElse(Checkpoint.UNFINISHED)));
            show(upTo);
            if (guarded(name, () -> progress.isCommitDue(limits.uncommittedRows()))) {
                commit(upTo);
            }
        });
    }

    private Map<SpaceId, List<Row>> bySpace(List<Row> rows) {
        return rows.stream()
                .filter(documents::holds)
                .collect(
                        Collectors.groupingBy(Row::space, LinkedHashMap::new, Collectors.toList()));
    }

    private void write(SpaceId space, List<Row> rows, Checkpoint before) {
        watch(space, () -> locked(() -> indexes.writing(space)).apply(rows, documents));
        guarded(
                name,
                () -> {
                    progress.wrote(rows.size());
                    indexes.closeSurplusWriters(before);
                });
    }

    /// Lets readers see what was written, then says so.
    private void show(Checkpoint upTo) {
        boolean building = upTo.equals(Checkpoint.UNFINISHED);
        guarded(name, indexes::all)
                .forEach((space, index) -> {
                    if (index.unseen() > (building ? MOST_UNSEEN : 0)) {
                        watch(space, index::refresh);
                    }
                });
        guarded(name, () -> progress.apply(upTo));
    }

    /// Makes everything applied durable: the indexes first, the checkpoint after them.
    private void commit(Checkpoint upTo) {
        guarded(name, indexes::all)
                .forEach((space, index) -> watch(space, () -> index.prepareCommit(upTo)));
        guarded(
                name,
                () -> {
                    indexes.commit(upTo);
                    Files.createDirectories(folder);
                    progress.commit(upTo, indexes.commits());
                });
    }

    /// Drops what was forgotten: readers never see it again. It is durable with the next commit; if
    /// that is not reached, it is dropped again.
    void drop(List<Gone> gone) {
        writing(() ->
                gone.stream()
                        .collect(Collectors.groupingBy(Gone::space))
                        .forEach((space, some) -> {
                            if (some.stream().anyMatch(Gone.OfSpace.class::isInstance)) {
                                deleteSpace(space);
                            } else {
                                watch(space, () -> drop(space, some));
                            }
                        }));
    }

    private void drop(SpaceId space, List<Gone> gone) throws IOException {
        var index = locked(() -> writingIfThere(space));
        if (index.isPresent()) {
            index.get().drop(gone);
        }
    }

    /// The checkpoint forgets it first: an index that the checkpoint knows must be there.
    private void deleteSpace(SpaceId space) {
        guarded(
                indexes.nameOf(space),
                () -> {
                    indexes.forget(space);
                    progress.keep(indexes.commits());
                    indexes.delete(space);
                });
    }

    /// Merges away what was dropped from a space, and makes that durable.
    void scour(SpaceId space) {
        writing(() -> {
            var index = guarded(indexes.nameOf(space), () -> writingIfThere(space));
            if (index.isPresent()) {
                watch(space, index.get()::scour);
            }
            var upTo = checkpoint().filter(at -> !at.equals(Checkpoint.UNFINISHED));
            upTo.ifPresent(this::commit);
            if (index.isPresent()) {
                watch(
                        space,
                        () -> {
                            index.get().refresh();
                            index.get().deleteUnusedFiles();
                        });
            }
        });
    }

    private Optional<SpaceIndex> writingIfThere(SpaceId space) throws IOException {
        return indexes.reading(space).isEmpty()
                ? Optional.empty()
                : Optional.of(indexes.writing(space));
    }

    /// Writes. After a failure what is durable is put back: what failed half-way may be anywhere.
    private void writing(IORunnable action) {
        try {
            action.run();
        } catch (StoreException e) {
            abandon(e);
            throw e;
        } catch (IOException | RuntimeException | InternalError e) {
            abandon(e);
            throw damage.noted(IndexFailure.of(name, e));
        }
    }

    private void abandon(Throwable failure) {
        try {
            guarded(
                    name,
                    () -> {
                        progress.goBack();
                        indexes.closeAll();
                    });
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /// Drops everything, the checkpoint first.
    void clear() {
        lock.lock();
        try {
            Files.createDirectories(folder);
            progress.clear();
            damage = new Damage(this::check);
            lookedAt = true;
            indexes.deleteAll();
        } catch (IOException e) {
            throw IndexFailure.of(name, e);
        } finally {
            lock.unlock();
        }
    }

    /// Makes everything durable, then closes. What is damaged is left without checkpoint, so that
    /// it is built again when it is opened next.
    @Override
    public void close() {
        lock.lock();
        try (Closeable _ = indexes::closeAll) {
            settle();
        } catch (IOException e) {
            throw IndexFailure.of(name, e);
        } finally {
            lock.unlock();
        }
    }

    private void settle() {
        try {
            damage.settle();
            if (progress.isAhead()) {
                commitLast(progress.applied().orElseThrow());
            }
        } catch (StoreException.Corrupt e) {
            LOG.error("{} is built again when the store is opened next: {}", name, e.getMessage());
            guarded(name, progress::clear);
        }
    }

    private void commitLast(Checkpoint upTo) {
        try {
            commit(upTo);
        } catch (StoreException e) {
            damage.settle();
            throw e;
        }
    }

    private void watch(SpaceId space, IORunnable action) {
        damage.watch(
                space,
                indexes.nameOf(space),
                () -> {
                    action.run();
                    return space;
                });
    }

    private void guarded(String index, IORunnable action) {
        guarded(
                index,
                () -> {
                    action.run();
                    return index;
                });
    }

    private <T> T guarded(String index, IOSupplier<T> action) {
        lock.lock();
        try {
            return locked(action);
        } catch (IOException e) {
            throw damage.noted(IndexFailure.of(index, e));
        } finally {
            lock.unlock();
        }
    }

    /// Runs with the lock held and what is on disk known.
    private <T> T locked(IOSupplier<T> action) throws IOException {
        lock.lock();
        try {
            progress.load(indexes);
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
