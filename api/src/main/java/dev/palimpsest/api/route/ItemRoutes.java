package dev.palimpsest.api.route;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.api.wire.ProblemBody;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.ItemKind;
import dev.palimpsest.ingest.source.ItemParser;
import dev.palimpsest.ingest.source.Parsed;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteRequest;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Writes entities, facts and memories: `POST /v1/spaces/{space}/entities`, `/facts`, `/memories`,
/// each one object, an array, or NDJSON.
final class ItemRoutes {

    private static final Map<String, ItemKind> PATHS =
            Map.of(
                    "entities", ItemKind.ENTITY,
                    "facts", ItemKind.FACT,
                    "memories", ItemKind.MEMORY);

    private final ItemParser parser;
    private final Writes writes;
    private final NdjsonWrites lines;

    ItemRoutes(ItemParser parser, Writes writes, NdjsonWrites lines) {
        this.parser = parser;
        this.writes = writes;
        this.lines = lines;
    }

    void addTo(RoutesConfig routes) {
        PATHS.forEach(
                (path, kind) -> routes.post("/v1/spaces/{space}/" + path, ctx -> write(ctx, kind)));
    }

    private void write(Context ctx, ItemKind kind) throws IOException {
        if (RequestBody.isNdjson(ctx)) {
            lines.write(ctx);
        } else {
            writes.write(ctx, body -> items(kind, body));
        }
    }

    private List<WriteItem> items(ItemKind kind, JsonNode body) {
        if (!body.isArray()) {
            return List.of(item(parser.parse(kind, body), 0));
        }
        if (body.isEmpty() || body.size() > WriteRequest.MOST_ITEMS) {
            throw new InvalidField(
                    "",
                    "an array has 1 to "
                            + WriteRequest.MOST_ITEMS
                            + " elements, more go as NDJSON: "
                            + body.size());
        }
        var items = new ArrayList<WriteItem>(body.size());
        for (int i = 0; i < body.size(); i++) {
            items.add(item(parser.parse(kind, body.get(i)), i + 1));
        }
        return items;
    }

    private static WriteItem item(Parsed parsed, int line) {
        return switch (parsed) {
            case Parsed.Item(var item) -> item;
            case Parsed.Refused(var refusal) -> {
                var problem = ProblemBody.of(refusal);
                throw ProblemException.of(line == 0 ? problem : problem.atLine(line));
            }
        };
    }
}
