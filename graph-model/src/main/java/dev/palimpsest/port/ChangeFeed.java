package dev.palimpsest.port;

import dev.palimpsest.time.Position;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/// The order of the ledger, for those who follow it. Safe for use by many threads.
public interface ChangeFeed {

    /// The ledger's epoch; a restored ledger has a new one.
    UUID epoch();

    /// The last durable position.
    Position head();

    /// The rows touched by the positions after `after`, in the order they were first touched in
    /// this batch, about `limit` of them: only whole positions, at least one if there is any. And,
    /// however many these are, those versions of facts made by then that look different because of
    /// what was said since, or soon will.
    ///
    /// @return `upTo` equals `after` when there is nothing new
    /// @throws StoreException.Corrupt if it is no longer known what was forgotten since: whoever
    ///   stands there must be built again
    Batch changesAfter(Position after, int limit);

    /// Waits until the head lies beyond `after`, at most so long.
    ///
    /// @return the head then
    Position awaitBeyond(Position after, Duration atMost) throws InterruptedException;

    /// All rows of the state at the time of the call, entities and predicates first, in batches;
    /// the rows hold everything up to the returned position, some may hold more. Follow from there.
    default Position scan(int batchSize, Consumer<List<Row>> sink) {
        return scan(Row.KINDS, batchSize, sink);
    }

    /// Likewise, of some kinds of rows alone.
    Position scan(Set<Class<? extends Row>> kinds, int batchSize, Consumer<List<Row>> sink);

    /// Row images, and the position up to which they hold everything since the one asked for.
    ///
    /// @param gone what was forgotten meanwhile: to be dropped before the rows are applied
    record Batch(Position upTo, List<Gone> gone, List<Row> rows) {
        public Batch {
            gone = List.copyOf(gone);
            rows = List.copyOf(rows);
        }
    }
}
