package dev.palimpsest.api.mcp;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.api.mcp.Writing.Part;
import dev.palimpsest.api.wire.IntervalBody;
import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.RetractionParser;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.WriteItem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Says a fact anew in the place of what the same source said wrongly; what was believed before
/// stays readable.
final class CorrectTool implements Tool {

    private static final String FACT = "fact";
    private static final String REASON = "reason";
    private static final List<String> OF_FACT =
            List.of("object", "value", "from", "until", "confidence", "statement", "quote");

    private static final JsonMapper MAPPER = new JsonMapper();

    private final Ledger ledger;
    private final Writing writing;

    CorrectTool(Ledger ledger, WriteDoor door) {
        this.ledger = ledger;
        this.writing = new Writing(door);
    }

    @Override
    public String name() {
        return "correct";
    }

    @Override
    public Writing.Receipt call(Call call) {
        var arguments =
                call.arguments(
                        FACT,
                        REASON,
                        SOURCE,
                        "object",
                        "value",
                        "from",
                        "until",
                        "confidence",
                        "statement",
                        "quote");
        var id = arguments.required(FACT, Shapes.TEXT.as(FactId::parse));
        var old = believed(call, id);
        var body = JsonNodeFactory.instance.objectNode();
        body.set(REASON, call.arguments().path(REASON));
        body.set(FACT, fact(call, old, call.source(arguments).value()));
        try {
            var correction = RetractionParser.correction(id, body);
            return writing.write(call.space(), List.of(new Part("", WriteItem.now(correction))));
        } catch (InvalidField e) {
            throw new InvalidField(Writing.at("", e.field()), e.rule());
        }
    }

    private FactVersion believed(Call call, FactId id) {
        Snapshot.requireSpace(ledger, call.space());
        return ledger.fact(call.space(), id, ledger.head().position()).stream()
                .filter(version -> version.recorded().until().isEmpty())
                .reduce((_, last) -> last)
                .orElseThrow(() ->
                        new StoreException.NotFound(
                                "fact " + id + " is not believed now; `entity` lists what is"));
    }

    private static ObjectNode fact(Call call, FactVersion old, String source) {
        var plain = JsonNodeFactory.instance.objectNode();
        plain.put("subject", old.subject().value()).put("predicate", old.predicate().value());
        OF_FACT.forEach(name -> {
            if (call.arguments().hasNonNull(name)) {
                plain.set(name, call.arguments().get(name));
            }
        });
        var fact = PlainFact.of(plain, "", source, Optional.empty(), new LinkedHashSet<>());
        if (!fact.has("valid")) {
            fact.set("valid", MAPPER.valueToTree(IntervalBody.of(old.valid())));
        }
        return fact;
    }
}
