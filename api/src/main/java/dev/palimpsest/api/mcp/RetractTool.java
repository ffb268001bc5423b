package dev.palimpsest.api.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.api.mcp.Writing.Part;
import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.RetractionParser;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.model.FactId;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.WriteItem;
import java.util.List;
import java.util.Set;

/// Takes back what a source said; it stays readable as what was believed.
final class RetractTool implements Tool {

    private static final String FACT = "fact";
    private static final String REASON = "reason";
    private static final String EVERYONE = "everyone";
    private static final String FROM = "from";
    private static final String UNTIL = "until";

    private final Ledger ledger;
    private final Writing writing;

    RetractTool(Ledger ledger, WriteDoor door) {
        this.ledger = ledger;
        this.writing = new Writing(door);
    }

    @Override
    public String name() {
        return "retract";
    }

    @Override
    public Writing.Receipt call(Call call) {
        var arguments = call.arguments(FACT, REASON, SOURCE, EVERYONE, FROM, UNTIL);
        var id = arguments.required(FACT, Shapes.TEXT.as(FactId::parse));
        boolean everyone = arguments.optional(EVERYONE, Shapes.FLAG).orElse(false);
        Snapshot.requireSpace(ledger, call.space());
        var body = JsonNodeFactory.instance.objectNode();
        body.set(REASON, call.arguments().path(REASON));
        if (everyone) {
            body.put(EVERYONE, true);
        }
        if (!everyone || arguments.has(SOURCE)) {
            body.put(SOURCE, call.source(arguments).value());
        }
        portion(call, body);
        var retraction = RetractionParser.retraction(id, body);
        var receipt = writing.write(call.space(), List.of(new Part("", WriteItem.now(retraction))));
        if (receipt.written().stream().allMatch(one -> one.status().equals("unchanged"))) {
            throw notSaid(call, id, body);
        }
        return receipt;
    }

    private static void portion(Call call, ObjectNode body) {
        if (call.arguments().hasNonNull(UNTIL) && !call.arguments().hasNonNull(FROM)) {
            throw new InvalidField(FROM, "is required with until");
        }
        if (call.arguments().hasNonNull(FROM)) {
            var portion = body.putObject("portion");
            portion.set(FROM, call.arguments().get(FROM));
            portion.set(UNTIL, call.arguments().path(UNTIL));
        }
    }

    private StoreException.NotFound notSaid(Call call, FactId id, ObjectNode body) {
        var said =
                ledger
                        .assertions(call.space(), Set.of(id), ledger.head().position())
                        .getOrDefault(id, List.of())
                        .stream()
                        .map(one -> one.source().value())
                        .distinct()
                        .toList();
        return new StoreException.NotFound(
                "nothing was taken back: "
                        + (body.has(SOURCE)
                                ? "'" + body.path(SOURCE).asText() + "' says no such thing now"
                                : "nobody says it now")
                        + (said.isEmpty()
                                ? ""
                                : "; it is said by "
                                        + String.join(", ", said)
                                        + ": name one as source, or give \"everyone\": true"));
    }
}
