package dev.palimpsest.api.route;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.api.wire.ProblemBody;
import dev.palimpsest.api.wire.ProblemKind;
import dev.palimpsest.api.wire.ReceiptBody;
import dev.palimpsest.api.wire.ReceiptBody.ResultBody;
import dev.palimpsest.api.wire.WireJson;
import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.ingest.record.WriteDoor.Receipt;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.Visibility.Level;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteRequest.IdempotencyKey;
import dev.palimpsest.port.WriteResult;
import dev.palimpsest.port.WriteResult.Outcome;
import dev.palimpsest.port.WriteResult.Refusal;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What all routes that write share: the key, the wait, and the receipt.
final class Writes {

    static final String WAIT = "wait";

    private static final String KEY_HEADER = "Idempotency-Key";
    private static final List<Level> LEVELS = List.of(Level.values());

    private final WriteDoor door;

    Writes(WriteDoor door) {
        this.door = door;
    }

    /// Writes the items that `parse` makes of the body, all or none.
    void write(Context ctx, Function<JsonNode, List<WriteItem>> parse) throws IOException {
        var parameters = Parameters.of(ctx, WAIT);
        var bytes = RequestBody.bytes(ctx, Limits.LARGEST_BODY);
        var key = key(ctx).map(name -> new IdempotencyKey(name, hash(ctx, bytes)));
        var items = parse.apply(RequestBody.parse(bytes));
        var receipt =
                write(new WriteRequest(parameters.space(), items, true, key), level(parameters));
        answer(ctx, receipt);
    }

    /// @throws ProblemException if the key was used for another body
    Receipt write(WriteRequest request, Level level) {
        try {
            return door.write(request, level, Limits.LONGEST_WAIT);
        } catch (StoreException.Conflict e) {
            throw ProblemException.of(
                    ProblemBody.of(
                            ProblemKind.KEY_REUSED, KEY_HEADER, String.valueOf(e.getMessage())));
        }
    }

    boolean isVisible(WriteResult result, Level level) {
        return door.isVisible(result, level, Limits.LONGEST_WAIT);
    }

    static Level level(Parameters parameters) {
        return parameters.oneOf(WAIT, LEVELS, Level.SEARCHABLE);
    }

    static Optional<String> key(Context ctx) {
        var key = Optional.ofNullable(ctx.header(KEY_HEADER));
        if (key.map(name -> name.isBlank() || name.length() > Limits.LONGEST_KEY).orElse(false)) {
            throw new InvalidField(KEY_HEADER, "has 1 to " + Limits.LONGEST_KEY + " characters");
        }
        return key;
    }

    /// Of the path and the body, so that the same body sent elsewhere is another request.
    private static String hash(Context ctx, byte[] bytes) {
        var digest = RequestBody.sha256();
        digest.update(ctx.path().getBytes(StandardCharsets.UTF_8));
        return RequestBody.hex(digest.digest(bytes));
    }

    private static void answer(Context ctx, Receipt receipt) {
        var outcomes = receipt.result().outcomes();
        requireWritten(outcomes);
        var results = new ArrayList<ResultBody>(outcomes.size());
        for (int i = 0; i < outcomes.size(); i++) {
            results.add(ResultBody.of(i + 1L, outcomes.get(i)));
        }
        answer(
                ctx,
                new ReceiptBody(
                        results,
                        receipt.result().bookmark().toString(),
                        receipt.visible(),
                        receipt.result().replayed()));
    }

    static void answer(Context ctx, ReceiptBody receipt) {
        Doorkeeper.wrote(ctx, receipt.results().size());
        ctx.status(receipt.visible() ? 200 : 202)
                .contentType(RequestBody.JSON)
                .result(WireJson.write(receipt));
    }

    /// One refused item refuses all; the problem is that of the item at fault.
    private static void requireWritten(List<Outcome> outcomes) {
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Refused(var refusal)
                    && refusal.reason() != Refusal.Reason.NOT_TRIED) {
                var problem = ProblemBody.of(refusal);
                throw ProblemException.of(outcomes.size() == 1 ? problem : problem.atLine(i + 1L));
            }
        }
    }
}
