package dev.palimpsest.query.index.adjacency;

import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.RowId;

/// What is at the other end of a fact.
///
/// @param predicate as read from where we stand: of a fact that points here the inverse, if it has
///   one, else its own
/// @param outgoing whether `predicate` leads from here to the neighbour
/// @param row the version of the fact
public record Neighbour(long node, PredicateName predicate, boolean outgoing, RowId row) {}
