package dev.palimpsest.query.run;

import dev.palimpsest.model.RowId;
import dev.palimpsest.query.index.lucene.Match;
import dev.palimpsest.query.index.lucene.Selection;
import dev.palimpsest.query.rank.TextScores;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Rows that may belong to an answer, each once.
///
/// @param passing every row that passes what is hard
/// @param more whether the filter lets more rows pass than are here
/// @param note what is missing from here, if something is
record Gathered(
        Collection<Match> rows,
        TextScores text,
        Selection passing,
        boolean more,
        Optional<String> note) {

    Gathered {
        rows = List.copyOf(rows);
    }

    /// The same with other scores for the text, 0 to 1.
    Gathered scored(Map<RowId, Double> scores) {
        return new Gathered(rows, TextScores.ready(scores), passing, more, note);
    }

    /// The same with something more to say.
    Gathered noted(String more) {
        return new Gathered(
                rows,
                text,
                passing,
                this.more,
                Optional.of(note.map(said -> said + "; " + more).orElse(more)));
    }
}
