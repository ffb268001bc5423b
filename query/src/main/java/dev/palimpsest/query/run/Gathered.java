package dev.palimpsest.query.run;

import dev.palimpsest.model.RowId;
import dev.palimpsest.query.rank.TextScores;
import java.util.Optional;
import java.util.Set;

/// Rows that may belong to an answer.
///
/// @param more whether the filter lets more rows pass than are here
/// @param note what is missing from here, if something is
public record Gathered(Set<RowId> rows, TextScores text, boolean more, Optional<String> note) {

    public Gathered {
        rows = Set.copyOf(rows);
    }
}
