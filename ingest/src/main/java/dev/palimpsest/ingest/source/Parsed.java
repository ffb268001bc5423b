package dev.palimpsest.ingest.source;

import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteResult.Refusal;

/// What one piece of what came in turned out to be.
public sealed interface Parsed {

    /// An item ready to be written.
    record Item(WriteItem item) implements Parsed {}

    /// Nothing that could be written, and why.
    record Refused(Refusal refusal) implements Parsed {}
}
