package dev.palimpsest.api.route;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.api.wire.ProblemBody;
import dev.palimpsest.api.wire.ReceiptBody;
import dev.palimpsest.api.wire.ReceiptBody.ResultBody;
import dev.palimpsest.ingest.source.GeoJsonMapping;
import dev.palimpsest.ingest.source.GeoJsonReader;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.ItemReader.Piece;
import dev.palimpsest.ingest.source.Parsed;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.ingest.source.StrictObject;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Visibility.Level;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult;
import dev.palimpsest.port.WriteResult.Outcome;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Writes GeoJSON features as a mapping reads them: `POST /v1/spaces/{space}/features`.
///
/// The mapping's predicates are registered first. A feature that does not fit is refused, the
/// others go in.
final class FeatureRoutes {

    private static final Duration BEFORE_THE_FIRST = Duration.ofSeconds(1);

    private final Writes writes;

    FeatureRoutes(Writes writes) {
        this.writes = writes;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/v1/spaces/{space}/features", this::write);
    }

    private void write(Context ctx) throws IOException {
        var parameters = Parameters.of(ctx, Writes.WAIT);
        var level = Writes.level(parameters);
        var body =
                StrictObject.of(
                        RequestBody.json(ctx, Limits.LARGEST_BODY),
                        "",
                        List.of("mapping", "recorded", "features"));
        var mapping = mapping(body);
        var pieces = read(body.required("features", FeatureRoutes::features), mapping);
        register(parameters.space(), mapping, pieces);
        Writes.answer(ctx, write(parameters.space(), pieces, level));
    }

    private static GeoJsonMapping mapping(StrictObject body) {
        boolean recorded = body.optional("recorded", Shapes.FLAG).orElse(false);
        var mapping =
                body.required(
                        "mapping",
                        (node, path) -> {
                            try {
                                return GeoJsonMapping.parse(bytes(node.toString()));
                            } catch (InvalidField e) {
                                throw new InvalidField(
                                        e.field().isEmpty() ? path : path + "." + e.field(),
                                        e.rule());
                            }
                        });
        return recorded ? mapping : mapping.recordedNow();
    }

    private static JsonNode features(JsonNode node, String path) {
        if (!node.isArray() || node.isEmpty() || node.size() > WriteRequest.MOST_ITEMS) {
            throw new InvalidField(
                    path, "must be an array of 1 to " + WriteRequest.MOST_ITEMS + " features");
        }
        return node;
    }

    private static List<Piece> read(JsonNode features, GeoJsonMapping mapping) throws IOException {
        var collection = "{\"type\":\"FeatureCollection\",\"features\":" + features + "}";
        var pieces = new ArrayList<Piece>();
        try (var reader = new GeoJsonReader(new ByteArrayInputStream(bytes(collection)), mapping)) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                pieces.add(next.get());
            }
        }
        return pieces;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Predicates are registered before the oldest feature was recorded, if features say when that
    /// was: recorded times only rise.
    private void register(SpaceId space, GeoJsonMapping mapping, List<Piece> pieces) {
        var recorded =
                items(pieces).stream()
                        .flatMap(item -> item.recorded().stream())
                        .min(Comparator.naturalOrder())
                        .map(first -> first.minus(BEFORE_THE_FIRST));
        var items = registrations(mapping, recorded);
        if (items.isEmpty()) {
            return;
        }
        var result =
                writes.write(new WriteRequest(space, items, true, Optional.empty()), Level.DURABLE)
                        .result();
        for (var outcome : result.outcomes()) {
            if (outcome instanceof Outcome.Refused(var refusal)) {
                throw ProblemException.of(ProblemBody.of(refusal));
            }
        }
    }

    private static List<WriteItem> registrations(
            GeoJsonMapping mapping, Optional<Instant> recorded) {
        return mapping.predicates().stream()
                .map(WriteItem.Action.RegisterPredicate::new)
                .map(action -> new WriteItem(action, recorded))
                .toList();
    }

    private ReceiptBody write(SpaceId space, List<Piece> pieces, Level level) {
        var items = items(pieces);
        Optional<WriteResult> result = Optional.empty();
        boolean visible = true;
        if (!items.isEmpty()) {
            var receipt =
                    writes.write(new WriteRequest(space, items, false, Optional.empty()), level);
            result = Optional.of(receipt.result());
            visible = receipt.visible();
        }
        return new ReceiptBody(
                results(pieces, result.map(WriteResult::outcomes).orElse(List.of())),
                result.map(written -> written.bookmark().toString()).orElse(null),
                visible,
                false);
    }

    private static List<WriteItem> items(List<Piece> pieces) {
        return pieces.stream()
                .map(Piece::parsed)
                .filter(Parsed.Item.class::isInstance)
                .map(parsed -> ((Parsed.Item) parsed).item())
                .toList();
    }

    private static List<ResultBody> results(List<Piece> pieces, List<Outcome> outcomes) {
        var left = outcomes.iterator();
        return pieces.stream()
                .map(piece ->
                        switch (piece.parsed()) {
                            case Parsed.Item _ -> ResultBody.of(piece.number(), left.next());
                            case Parsed.Refused(var refusal) ->
                                    ResultBody.refused(piece.number(), ProblemBody.of(refusal));
                        })
                .toList();
    }
}
