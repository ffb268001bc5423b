package dev.palimpsest.query.run;

import dev.palimpsest.port.StoreException;
import dev.palimpsest.query.index.lucene.LuceneTextIndex;
import dev.palimpsest.query.index.lucene.LuceneVectorIndex;
import dev.palimpsest.query.index.lucene.Match;
import dev.palimpsest.query.index.lucene.Selection;
import dev.palimpsest.query.plan.Plan;
import dev.palimpsest.time.Position;
import java.util.List;
import java.util.Optional;

/// What the vectors say of a question's text, as far as they have come: they follow more slowly
/// than the words, so what was written last may lack a meaning yet.
///
/// @param vector of the text; empty if meaning cannot be asked
/// @param note what is not searched, if something is not
record Meaning(Optional<byte[]> vector, List<Match> nearest, Optional<String> note) {

    /// Where it is looked up.
    ///
    /// @param exact whether every vector is looked at
    record Sources(LuceneTextIndex text, Followed<LuceneVectorIndex> vectors, boolean exact) {

        private List<Match> nearest(Plan plan, byte[] vector, Selection passing, int depth) {
            var space = plan.view().space();
            var index = vectors.projection();
            return exact
                    ? index.nearestOfAll(space, vector, text, passing, depth)
                    : index.nearest(space, vector, text, passing, depth);
        }
    }

    static Meaning of(Plan plan, Sources sources, Selection passing, int depth) {
        Position covered;
        try {
            covered = sources.vectors.covers();
        } catch (StoreException.Unavailable unavailable) {
            return new Meaning(
                    Optional.empty(),
                    List.of(),
                    Optional.of("found by words alone: " + unavailable.getMessage()));
        }
        var view = plan.view();
        // What is told of it is the wait that is left: it was begun when the question was pinned.
        var vector = view.trace().step("embed", view.embedding().orElseThrow()::vector, _ -> 1);
        var nearest =
                view.trace()
                        .step(
                                "meaning",
                                () -> sources.text.count(view.space(), passing),
                                () -> sources.nearest(plan, vector, passing, depth),
                                List::size);
        return new Meaning(Optional.of(vector), nearest, pending(plan, covered));
    }

    /// Whether the vectors could be asked.
    boolean asked() {
        return vector.isPresent();
    }

    private static Optional<String> pending(Plan plan, Position covered) {
        long at = plan.view().at().number();
        long pending = at - Position.lower(covered, plan.view().at()).number();
        return pending == 0
                ? Optional.empty()
                : Optional.of(
                        "the meaning of the latest "
                                + pending
                                + (pending == 1 ? " write" : " writes")
                                + " is not searched yet, their words are");
    }
}
