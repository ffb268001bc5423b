package dev.palimpsest.query.index.lucene;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Gone;
import dev.palimpsest.port.Projection.Checkpoint;
import dev.palimpsest.port.Projection.HeldRow;
import dev.palimpsest.port.Row;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.IOFunction;
import org.apache.lucene.util.IOSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The indexes of one projection, one per space, opened when they are needed; those used least are
/// closed again. Knows how far they are complete, for readers and on disk.
///
/// One thread applies, clears and closes; it alone writes files, so that readers may be
/// interrupted. Readers get a searcher that holds everything up to the position they ask for.
///
/// A batch is visible when [#apply] returns. It is durable later, when enough has come together;
/// what is lost in between is applied again, which changes nothing.
final class SpaceIndexes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SpaceIndexes.class);

    static final Comparator<SpaceId> BY_NAME = Comparator.comparing(SpaceId::value);

    /// How long after the last commit the next one is due, however few rows there are.
    private static final Duration COMMIT_AFTER = Duration.ofSeconds(5);

    /// Rows of one space that may wait for a refresh while it is built and nobody may read it.
    private static final int MOST_UNSEEN = 50_000;

    private final String name;
    private final Path folder;
    private final DocumentSource documents;
    private final OpenIndexes.Limits limits;
    private final CheckpointFile file;

    private final ReentrantLock lock = new ReentrantLock();
    private final OpenIndexes indexes;
    private boolean loaded;
    private @Nullable Checkpoint durable;
    private @Nullable Checkpoint applied;

    /// Replaced when everything is dropped: who began before that tells nobody.
    private Damage damage = new Damage();

    /// Of the applying thread alone, like what follows.
    private boolean lookedAt;

    private int uncommittedRows;
    private long lastCommit = System.nanoTime();

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
        this.file = new CheckpointFile(name, folder, documents.layout());
        this.indexes = new OpenIndexes(name, folder.resolve("spaces"), format, limits);
    }

    /// Up to where rows were applied: the place to follow from. After a failure, or a restart, that
    /// is what is durable.
    Optional<Checkpoint> checkpoint() {
        return guarded(name, () -> Optional.ofNullable(applied));
    }

    Position covers() {
        return checkpoint().map(Checkpoint::position).orElse(Position.START);
    }

    /// Searches a space as of a position.
    ///
    /// @param nothing what a space without rows gives
    /// @throws StoreException.Unavailable if `at` is not covered
    <T> T search(SpaceId space, Position at, T nothing, IOFunction<IndexSearcher, T> search) {
        Optional<Reading> found = guarded(indexes.nameOf(space), () -> acquire(space, at));
        return found.isEmpty() ? nothing : found.get().search(search);
    }

    /// Hands over every row of a space, once all its checksums were found right.
    void rows(SpaceId space, Consumer<HeldRow> sink) {
        search(
                space,
                Position.START,
                0,
                searcher -> {
                    var stored = new StoredRows(searcher.getIndexReader());
                    stored.checkIntegrity();
                    stored.each(sink);
                    return 0;
                });
    }

    /// Applies rows to the indexes of their spaces, and shows them.
    ///
    /// @throws StoreException after which [#checkpoint] says where to go on from
    void apply(List<Row> rows, Checkpoint upTo) {
        Optional<Checkpoint> before = checkpoint();
        requireSameEpoch(before, upTo);
        try {
            bySpace(rows)
                    .forEach((space, some) ->
                            write(space, some, before.orElse(Checkpoint.UNFINISHED)));
            show(upTo);
            if (!upTo.equals(Checkpoint.UNFINISHED) && isCommitDue()) {
                commit(upTo);
            }
        } catch (StoreException e) {
            abandon();
            throw e;
        } catch (IOException | RuntimeException e) {
            abandon();
            throw damage.noted(IndexFailure.of(name, e));
        }
    }

    /// Tells of damage that was met. The first time it opens what was there before, some of it:
    /// what is gone or was cut off is then noticed before anybody asks.
    void requireSound() {
        if (!lookedAt) {
            lookedAt = true;
            guarded(name, () -> indexes.known(limits.open())).forEach(this::look);
        }
        damage.requireNone();
        damage.suspect().ifPresent(this::check);
    }

    private void look(SpaceId space) {
        try {
            guarded(indexes.nameOf(space), () -> indexes.reading(space));
        } catch (StoreException.Unavailable e) {
            LOG.warn("index {} could not be opened at the start", indexes.nameOf(space), e);
        }
    }

    private void check(SpaceId space) {
        search(
                space,
                Position.START,
                0,
                searcher -> {
                    new StoredRows(searcher.getIndexReader()).checkIntegrity();
                    return 0;
                });
    }

    /// Drops what was forgotten: readers never see it again. It is durable with the next commit; if
    /// that is not reached, it is dropped again.
    void drop(List<Gone> gone) {
        try {
            for (var entry : gone.stream().collect(Collectors.groupingBy(Gone::space)).entrySet()) {
                if (entry.getValue().stream().anyMatch(Gone.OfSpace.class::isInstance)) {
                    deleteSpace(entry.getKey());
                } else {
                    drop(entry.getKey(), entry.getValue());
                }
            }
        } catch (IOException e) {
            abandon();
            throw damage.noted(IndexFailure.of(name, e));
        }
    }

    private void drop(SpaceId space, List<Gone> gone) throws IOException {
        var index = guarded(indexes.nameOf(space), () -> writingIfThere(space));
        if (index.isPresent()) {
            index.get().drop(gone);
        }
    }

    /// The checkpoint forgets it first: an index that the checkpoint knows must be there.
    private void deleteSpace(SpaceId space) throws IOException {
        guarded(
                indexes.nameOf(space),
                () -> {
                    indexes.forget(space);
                    if (durable != null) {
                        file.write(new CheckpointFile.State(durable, indexes.commits()));
                    }
                    indexes.delete(space);
                    return space;
                });
    }

    /// Merges away what was dropped from a space, and makes that durable.
    void scour(SpaceId space) {
        try {
            var index = guarded(indexes.nameOf(space), () -> writingIfThere(space));
            if (index.isPresent()) {
                index.get().scour();
            }
            Checkpoint upTo = checkpoint().orElse(Checkpoint.UNFINISHED);
            if (!upTo.equals(Checkpoint.UNFINISHED)) {
                commit(upTo);
            }
            if (index.isPresent()) {
                index.get().refresh();
                index.get().deleteUnusedFiles();
            }
        } catch (IOException e) {
            abandon();
            throw damage.noted(IndexFailure.of(indexes.nameOf(space), e));
        }
    }

    private Optional<SpaceIndex> writingIfThere(SpaceId space) throws IOException {
        return indexes.reading(space).isEmpty()
                ? Optional.empty()
                : Optional.of(indexes.writing(space));
    }

    /// Drops everything, the checkpoint first.
    void clear() {
        lock.lock();
        try {
            Files.createDirectories(folder);
            file.delete();
            durable = null;
            applied = null;
            damage = new Damage();
            lookedAt = true;
            loaded = true;
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
        try {
            Checkpoint upTo = applied;
            if (damage.wasMet()) {
                file.delete();
            } else if (upTo != null
                    && !upTo.equals(Checkpoint.UNFINISHED)
                    && !upTo.equals(durable)) {
                commit(upTo);
            }
            indexes.closeAll();
        } catch (IOException e) {
            throw IndexFailure.of(name, e);
        } finally {
            lock.unlock();
        }
    }

    private Map<SpaceId, List<Row>> bySpace(List<Row> rows) {
        return rows.stream()
                .filter(documents::holds)
                .collect(
                        Collectors.groupingBy(Row::space, LinkedHashMap::new, Collectors.toList()));
    }

    private Optional<Reading> acquire(SpaceId space, Position at) throws IOException {
        var covered = applied == null ? Position.START : applied.position();
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
                : Optional.of(new Reading(space, open.get().name(), open.get().acquire(), damage));
    }

    private void write(SpaceId space, List<Row> rows, Checkpoint before) {
        damage.watch(
                space,
                indexes.nameOf(space),
                () -> {
                    SpaceIndex index;
                    lock.lock();
                    try {
                        index = indexes.writing(space);
                        indexes.closeSurplusWriters(before);
                    } finally {
                        lock.unlock();
                    }
                    index.apply(rows, documents);
                    return index;
                });
        uncommittedRows += rows.size();
    }

    /// Lets readers see what was written, then says so.
    private void show(Checkpoint upTo) throws IOException {
        boolean building = upTo.equals(Checkpoint.UNFINISHED);
        for (SpaceIndex index : guarded(name, indexes::all)) {
            if (index.unseen() > (building ? MOST_UNSEEN : 0)) {
                index.refresh();
            }
        }
        guarded(name, () -> applied = upTo);
    }

    private boolean isCommitDue() {
        return durable == null
                || uncommittedRows >= limits.uncommittedRows()
                || System.nanoTime() - lastCommit >= COMMIT_AFTER.toNanos();
    }

    /// Makes everything applied durable: the indexes first, the checkpoint after them.
    private void commit(Checkpoint upTo) throws IOException {
        for (SpaceIndex index : guarded(name, indexes::all)) {
            index.prepareCommit(upTo);
        }
        lock.lock();
        try {
            indexes.commit(upTo);
            Files.createDirectories(folder);
            file.write(new CheckpointFile.State(upTo, indexes.commits()));
            durable = upTo;
        } finally {
            lock.unlock();
        }
        uncommittedRows = 0;
        lastCommit = System.nanoTime();
    }

    /// Puts back what is durable: what failed half-way may be anywhere.
    private void abandon() {
        uncommittedRows = 0;
        guarded(
                name,
                () -> {
                    applied = durable;
                    indexes.closeAll();
                    return name;
                });
    }

    private static void requireSameEpoch(Optional<Checkpoint> before, Checkpoint upTo) {
        if (before.isPresent()
                && !before.get().equals(Checkpoint.UNFINISHED)
                && !before.get().epoch().equals(upTo.epoch())) {
            throw new StoreException.Conflict(
                    "the index was made from epoch "
                            + before.get().epoch()
                            + " of the ledger, not "
                            + upTo.epoch()
                            + ": rebuild it");
        }
    }

    /// Runs with the lock held and what is on disk known.
    private <T> T guarded(String index, IOSupplier<T> action) {
        lock.lock();
        try {
            if (!loaded) {
                file.read()
                        .ifPresent(state -> {
                            durable = state.upTo();
                            applied = state.upTo();
                            indexes.expect(state.commits());
                        });
                loaded = true;
            }
            return action.get();
        } catch (IOException e) {
            throw damage.noted(IndexFailure.of(index, e));
        } finally {
            lock.unlock();
        }
    }
}
