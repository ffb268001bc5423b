package dev.palimpsest.time;

import java.time.Instant;

/// When the ledger took something in: its position and its recorded time. Within one space both
/// rise together.
public record Stamp(Position position, Instant at) {}
