package dev.palimpsest.api.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.palimpsest.api.mcp.AskTool.Answered;
import dev.palimpsest.ingest.source.DomainShapes;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.question.Reader;

/// Tells what led to something, what it led to, or how one thing led to another.
final class CausesTool implements Tool {

    private static final String OF = "of";
    private static final String EFFECTS = "effects";
    private static final String FROM = "from";

    private final Reader reader;

    CausesTool(Reader reader) {
        this.reader = reader;
    }

    @Override
    public String name() {
        return "causes";
    }

    @Override
    public Answered call(Call call) {
        var arguments = call.arguments(OF, EFFECTS, FROM, "hops", "paths", "limit");
        var of = arguments.required(OF, DomainShapes.ENTITY).value();
        var from = arguments.optional(FROM, DomainShapes.ENTITY);
        boolean effects = arguments.optional(EFFECTS, Shapes.FLAG).orElse(false);
        if (effects && from.isPresent()) {
            throw new InvalidField(EFFECTS, "does not go with from");
        }
        var question = JsonNodeFactory.instance.objectNode();
        var why = question.putObject("why");
        from.ifPresentOrElse(
                cause -> why.putObject("between").put("cause", cause.value()).put("effect", of),
                () -> why.put(effects ? "effectsOf" : "causesOf", of));
        arguments.optional("hops", Shapes.COUNT).ifPresent(hops -> why.put("hops", hops));
        arguments.optional("paths", Shapes.COUNT).ifPresent(paths -> why.put("paths", paths));
        arguments.optional("limit", Shapes.COUNT).ifPresent(limit -> question.put("limit", limit));
        return AskTool.answer(reader, call, question);
    }
}
