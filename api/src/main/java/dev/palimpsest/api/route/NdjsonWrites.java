package dev.palimpsest.api.route;

import dev.palimpsest.api.wire.ProblemKind;
import dev.palimpsest.api.wire.ReceiptBody;
import dev.palimpsest.ingest.source.ItemParser;
import dev.palimpsest.ingest.source.ItemReader.Piece;
import dev.palimpsest.ingest.source.NdjsonReader;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.Visibility.Level;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;

/// Writes NDJSON as it comes, committing every so many lines: a bad line is refused, the others go
/// in.
///
/// The answer comes after the last line, so that a client that sends everything before it reads
/// cannot block. Should the store fail on the way, the problem carries the bookmark of what is
/// written; sent again with the same `Idempotency-Key`, what is there already is not written twice.
final class NdjsonWrites {

    private static final String IMPORT = "import";

    private final ItemParser everyday;
    private final ItemParser imports;
    private final Writes writes;

    NdjsonWrites(ItemParser everyday, ItemParser imports, Writes writes) {
        this.everyday = everyday;
        this.imports = imports;
        this.writes = writes;
    }

    void write(Context ctx) throws IOException {
        var parameters = Parameters.of(ctx, Writes.WAIT, IMPORT);
        var level = Writes.level(parameters);
        boolean importing = parameters.flag(IMPORT);
        var parser = importing ? imports : everyday;
        var lines = new HashedLines(RequestBody.lines(ctx), importing ? IMPORT : "");
        var batches = new LineBatches(writes, parameters.space(), Writes.key(ctx), lines);
        try (var reader = new NdjsonReader(lines, parser)) {
            Optional<Piece> piece = reader.next();
            while (piece.isPresent()) {
                if (batches.count() == Limits.MOST_LINES) {
                    throw ProblemException.of(
                            ProblemKind.TOO_LARGE,
                            "NDJSON has at most "
                                    + Limits.MOST_LINES
                                    + " lines; send the rest as"
                                    + " another request");
                }
                batches.add(piece.get());
                piece = reader.next();
            }
            batches.commit();
        } catch (ProblemException e) {
            throw withBookmark(e, batches);
        } catch (StoreException e) {
            throw withBookmark(Problems.of(e), batches);
        }
        Writes.answer(ctx, receipt(batches, level));
    }

    private ReceiptBody receipt(LineBatches batches, Level level) {
        boolean visible = batches.last().map(last -> writes.isVisible(last, level)).orElse(true);
        return new ReceiptBody(
                batches.results(),
                batches.last().map(last -> last.bookmark().toString()).orElse(null),
                visible,
                batches.replayed());
    }

    private static ProblemException withBookmark(ProblemException failure, LineBatches batches) {
        return batches.last()
                .map(last ->
                        new ProblemException(
                                failure.problem().after(last.bookmark().toString()),
                                failure.retryAfter()))
                .orElse(failure);
    }
}
