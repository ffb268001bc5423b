package dev.palimpsest.api.route;

import dev.palimpsest.api.wire.ProblemBody;
import dev.palimpsest.api.wire.ReceiptBody.ResultBody;
import dev.palimpsest.ingest.source.ItemReader.Piece;
import dev.palimpsest.ingest.source.Parsed;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.Visibility.Level;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteRequest.IdempotencyKey;
import dev.palimpsest.port.WriteResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The lines of one NDJSON body, gathered into requests of bounded size, and what became of them.
final class LineBatches {

    private final Writes writes;
    private final SpaceId space;
    private final Optional<String> key;
    private final HashedLines lines;
    private final List<ResultBody> results = new ArrayList<>();
    private final List<WriteItem> items = new ArrayList<>(Limits.LINES_PER_COMMIT);
    private final List<Long> numbers = new ArrayList<>(Limits.LINES_PER_COMMIT);
    private Optional<WriteResult> last = Optional.empty();
    private boolean replayed;
    private long count;
    private int batch;

    LineBatches(Writes writes, SpaceId space, Optional<String> key, HashedLines lines) {
        this.writes = writes;
        this.space = space;
        this.key = key;
        this.lines = lines;
    }

    void add(Piece piece) {
        count++;
        switch (piece.parsed()) {
            case Parsed.Item(var item) -> {
                items.add(item);
                numbers.add(piece.number());
            }
            case Parsed.Refused(var refusal) ->
                    results.add(ResultBody.refused(piece.number(), ProblemBody.of(refusal)));
        }
        if (count % Limits.LINES_PER_COMMIT == 0) {
            commit();
        }
    }

    /// Writes what was gathered, durably.
    void commit() {
        batch++;
        var hash = lines.hashSinceLast();
        if (items.isEmpty()) {
            return;
        }
        var batchKey = key.map(name -> new IdempotencyKey(name + "/" + batch, hash));
        var result = writeWhenThereIsRoom(new WriteRequest(space, items, false, batchKey));
        for (int i = 0; i < numbers.size(); i++) {
            results.add(ResultBody.of(numbers.get(i), result.outcomes().get(i)));
        }
        last = Optional.of(result);
        replayed |= result.replayed();
        items.clear();
        numbers.clear();
    }

    long count() {
        return count;
    }

    List<ResultBody> results() {
        return results.stream().sorted(Comparator.comparingLong(ResultBody::line)).toList();
    }

    /// What became of the last request; empty if there was none.
    Optional<WriteResult> last() {
        return last;
    }

    /// Whether any of it had been written by an earlier request with the same key.
    boolean replayed() {
        return replayed;
    }

    /// While the body is not read on, its sender waits: so a full queue slows it down.
    private WriteResult writeWhenThereIsRoom(WriteRequest request) {
        long deadline = System.nanoTime() + Limits.LONGEST_BACKPRESSURE.toNanos();
        while (true) {
            try {
                return writes.write(request, Level.DURABLE).result();
            } catch (StoreException.Overloaded e) {
                if (System.nanoTime() + e.retryAfter().toNanos() > deadline) {
                    throw e;
                }
                pause(e);
            }
        }
    }

    private static void pause(StoreException.Overloaded overloaded) {
        try {
            Thread.sleep(overloaded.retryAfter());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw overloaded;
        }
    }
}
