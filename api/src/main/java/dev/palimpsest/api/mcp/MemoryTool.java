package dev.palimpsest.api.mcp;

import dev.palimpsest.api.wire.MemoryBody;
import dev.palimpsest.ingest.source.DomainShapes;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.StoreException;

/// Tells a whole memory, of which evidence may have quoted a part.
final class MemoryTool implements Tool {

    private static final String ID = "id";

    private final Ledger ledger;

    MemoryTool(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public MemoryBody call(Call call) {
        var arguments = call.arguments(ID, Snapshot.KNOWN_AT);
        var snapshot = Snapshot.of(ledger, call.space(), arguments);
        var id = arguments.required(ID, DomainShapes.MEMORY);
        return ledger.memory(snapshot.space(), id, snapshot.at())
                .map(MemoryBody::of)
                .orElseThrow(() ->
                        new StoreException.NotFound(
                                "there is no memory '"
                                        + id
                                        + "' in space '"
                                        + snapshot.space()
                                        + "'; `ask` finds memories by what they say"));
    }
}
