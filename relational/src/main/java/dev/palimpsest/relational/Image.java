package dev.palimpsest.relational;

import dev.palimpsest.port.Row;

/// A row as it was at some moment.
///
/// @param lastSaid where something was last said that supports it, if it is a version of a fact;
///   else 0. Who has come that far with it already holds it as it is
record Image(Row row, long lastSaid) {}
