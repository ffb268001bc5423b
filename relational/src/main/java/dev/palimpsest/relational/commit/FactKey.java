package dev.palimpsest.relational.commit;

import dev.palimpsest.model.FactId;
import dev.palimpsest.model.Value;
import java.util.OptionalLong;

/// A fact by the numbers of what it is made of.
///
/// @param subject the node of its subject
/// @param predicate the number of its predicate
/// @param objectNode the node of its object; empty if that is a literal
record FactKey(
        FactId fact,
        int space,
        long subject,
        int predicate,
        Value object,
        OptionalLong objectNode) {}
