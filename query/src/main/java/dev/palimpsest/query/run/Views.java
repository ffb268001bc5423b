package dev.palimpsest.query.run;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Deadline;
import dev.palimpsest.port.Embedder;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.Visibility;
import dev.palimpsest.query.index.adjacency.Adjacency;
import dev.palimpsest.query.index.lucene.LuceneTextIndex;
import dev.palimpsest.query.plan.Embedding;
import dev.palimpsest.query.plan.Trace;
import dev.palimpsest.query.plan.ValidTime;
import dev.palimpsest.query.plan.View;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.KnownAt;
import dev.palimpsest.question.Question;
import dev.palimpsest.time.Bookmark;
import dev.palimpsest.time.Position;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// What every reading begins and ends with: the view of a space at the position a question is
/// pinned to, and what is said of it in the answer.
final class Views {

    private final Ledger ledger;
    private final Followed<LuceneTextIndex> text;
    private final Followed<Adjacency> adjacency;
    private final Optional<Embedder> embedder;
    private final InstantSource clock;
    private final Duration longest;
    private final Snapshots snapshots;

    /// @param embedder none for readers to whom meanings are nothing
    Views(
            Ledger ledger,
            QuestionReader.Indexes indexes,
            Optional<Embedder> embedder,
            Visibility visibility,
            InstantSource clock,
            Duration longest) {
        this.ledger = ledger;
        this.text = indexes.text();
        this.adjacency = indexes.adjacency();
        this.embedder = embedder;
        this.clock = clock;
        this.longest = longest;
        this.snapshots = new Snapshots(ledger, this::covers, visibility);
    }

    /// The view a question is answered from.
    View pinned(Question question) {
        var trace = new Trace(question.explain(), Deadline.in(longest));
        var embedding =
                embedder.flatMap(model ->
                        question.find(What.Text.class)
                                .map(text -> new Embedding(model, text.words())));
        Runnable meanwhile = () -> embedding.ifPresent(Embedding::begin);
        var at = trace.step("pin", () -> snapshots.pin(question, meanwhile), Position::number);
        meanwhile.run();
        return new View(
                question.space(),
                at,
                ValidTime.of(question, clock.instant()),
                text.projection(),
                adjacency.projection(),
                embedding,
                trace);
    }

    /// What an asker may name to see at least as much as this view.
    Bookmark bookmark(View view) {
        var checkpoint =
                adjacency
                        .projection()
                        .checkpoint()
                        .orElseThrow(() ->
                                new StoreException.Unavailable(
                                        "the indexes are being built; ask again a little later"));
        return new Bookmark(checkpoint.epoch(), 0, view.at());
    }

    /// Where nothing was found, that may be because there is no such space.
    void requireSpace(SpaceId space) {
        if (ledger.space(space).isEmpty()) {
            throw StoreException.NotFound.space(space);
        }
    }

    /// What is said where a question is about an entity nobody had mentioned at its snapshot.
    static String notYetKnown(EntityId entity) {
        return "nothing was known of " + entity + " at the time asked about";
    }

    /// What is to be said of an answer, together with what holds for any: that nobody knows the
    /// future.
    Optional<String> noted(Question question, Optional<String> note) {
        return KnownAt.note(question.knownAt(), clock.instant())
                .map(future -> note.map(said -> future + "; " + said).orElse(future))
                .or(() -> note);
    }

    private Position covers() {
        return Position.lower(text.covers(), adjacency.covers());
    }
}
