package dev.palimpsest.query.index.lucene;

import dev.palimpsest.model.RowId;
import dev.palimpsest.question.Kind;

/// A row that was found.
///
/// @param node of the entity or memory; of a fact, its subject's
/// @param score the higher, the better; comparable only within one search
public record Match(RowId id, Kind kind, long node, double score) {}
