package dev.palimpsest.query.index.lucene;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Projection.Checkpoint;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Position;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Up to where the indexes of a projection are complete: for readers, and on disk. Used under the
/// lock of [SpaceIndexes].
final class Progress {

    /// How long after the last commit the next one is due, however few rows there are.
    private static final Duration COMMIT_AFTER = Duration.ofSeconds(5);

    private final CheckpointFile file;
    private boolean loaded;
    private @Nullable Checkpoint durable;
    private @Nullable Checkpoint applied;
    private int uncommittedRows;
    private long lastCommit = System.nanoTime();

    Progress(CheckpointFile file) {
        this.file = file;
    }

    /// Reads what is on disk, the first time; `indexes` are told what they must be.
    void load(OpenIndexes indexes) {
        if (!loaded) {
            file.read()
                    .ifPresent(state -> {
                        durable = state.upTo();
                        applied = state.upTo();
                        indexes.expect(state.commits());
                    });
            loaded = true;
        }
    }

    /// What readers see.
    Optional<Checkpoint> applied() {
        return Optional.ofNullable(applied);
    }

    Position covers() {
        return applied().map(Checkpoint::position).orElse(Position.START);
    }

    void apply(Checkpoint upTo) {
        applied = upTo;
    }

    void wrote(int rows) {
        uncommittedRows += rows;
    }

    /// @param most rows that may be lost
    boolean isCommitDue(int most) {
        return isFinished()
                && (durable == null
                        || uncommittedRows >= most
                        || System.nanoTime() - lastCommit >= COMMIT_AFTER.toNanos());
    }

    /// Whether there is something to be made durable.
    boolean isAhead() {
        return isFinished() && applied != null && !applied.equals(durable);
    }

    /// Whether what was applied is all there was at a position, not part of a build.
    boolean isFinished() {
        return applied != null && !applied.equals(Checkpoint.UNFINISHED);
    }

    /// Everything applied is on disk.
    ///
    /// @param commits of each space ever committed, the position its index has reached
    void commit(Checkpoint upTo, Map<SpaceId, Long> commits) throws IOException {
        file.write(new CheckpointFile.State(upTo, commits));
        durable = upTo;
        uncommittedRows = 0;
        lastCommit = System.nanoTime();
    }

    /// Keeps on disk that other spaces than before have an index.
    void keep(Map<SpaceId, Long> commits) throws IOException {
        if (durable != null) {
            file.write(new CheckpointFile.State(durable, commits));
        }
    }

    /// What is not durable is lost.
    void goBack() {
        applied = durable;
        uncommittedRows = 0;
    }

    /// Nothing is complete.
    void clear() throws IOException {
        file.delete();
        durable = null;
        applied = null;
        loaded = true;
    }

    static void requireSameEpoch(Optional<Checkpoint> before, Checkpoint upTo) {
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
}
