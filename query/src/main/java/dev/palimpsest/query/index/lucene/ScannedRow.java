package dev.palimpsest.query.index.lucene;

import dev.palimpsest.model.RowId;
import dev.palimpsest.question.Kind;
import dev.palimpsest.space.GeoPoint;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What an index holds of one row. What was not asked for, or is not there, is empty.
///
/// @param node the entity or memory itself, the subject of a fact
/// @param word the type of an entity, the predicate of a fact
/// @param from when it begins, in microseconds
/// @param place its own, as near as the index keeps it
/// @param number the object of the fact
public record ScannedRow(
        Kind kind,
        long node,
        Optional<RowId> id,
        Optional<String> word,
        OptionalLong object,
        List<Long> mentioned,
        OptionalLong from,
        Optional<GeoPoint> place,
        OptionalDouble number) {

    /// What may be asked for.
    public enum Column {
        ID,
        TYPE,
        PREDICATE,
        OBJECT,
        MENTIONED,
        FROM,
        PLACE,
        NUMBER
    }
}
