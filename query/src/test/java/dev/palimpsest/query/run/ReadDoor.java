package dev.palimpsest.query.run;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.RowId;
import dev.palimpsest.port.Projection;
import dev.palimpsest.port.Projection.Checkpoint;
import dev.palimpsest.port.Reranker;
import dev.palimpsest.port.Row;
import dev.palimpsest.port.Visibility;
import dev.palimpsest.query.index.adjacency.Adjacency;
import dev.palimpsest.query.index.adjacency.Holding;
import dev.palimpsest.query.index.adjacency.Neighbour;
import dev.palimpsest.query.index.lucene.LuceneTextIndex;
import dev.palimpsest.query.index.lucene.LuceneVectorIndex;
import dev.palimpsest.query.ledger.HashedWords;
import dev.palimpsest.query.ledger.InMemoryLedger;
import dev.palimpsest.query.ledger.KeptVectors;
import dev.palimpsest.query.ledger.Scribe;
import dev.palimpsest.query.recall.Recollection;
import dev.palimpsest.query.recall.WordMeanings;
import dev.palimpsest.question.Answer;
import dev.palimpsest.question.Context;
import dev.palimpsest.question.ContextQuestion;
import dev.palimpsest.question.Count;
import dev.palimpsest.question.Counted;
import dev.palimpsest.question.Question;
import dev.palimpsest.time.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The read door over a ledger in memory and real projections, which follow when they are told to.
final class ReadDoor implements AutoCloseable, Visibility {

    private final Scribe scribe;
    private final LuceneTextIndex text;
    private final LuceneVectorIndex vectors;
    private final Adjacency adjacency = new Adjacency();
    private final Recollection recollection = new Recollection();
    private final WordMeanings words = new WordMeanings(new KeptVectors(), new HashedWords());
    private final QuestionReader reader;
    private final CountReader counter;

    /// What vectors say of how far they are, in place of the truth.
    private Optional<Supplier<Position>> vectorCover = Optional.empty();

    /// What is done while a question waits.
    private Runnable whileWaiting = () -> {};

    ReadDoor(Scribe scribe, Path folder, Instant now) {
        this(scribe, folder, now, Duration.ofMinutes(1));
    }

    /// @param longest a question or count may take
    ReadDoor(Scribe scribe, Path folder, Instant now, Duration longest) {
        this(scribe, folder, now, longest, Optional.empty());
    }

    ReadDoor(
            Scribe scribe,
            Path folder,
            Instant now,
            Duration longest,
            Optional<Reranker> reranker) {
        this.scribe = scribe;
        this.text = new LuceneTextIndex(folder.resolve("text"));
        this.vectors =
                new LuceneVectorIndex(
                        folder.resolve("vectors"), new KeptVectors(), new HashedWords());
        var ledger = new InMemoryLedger(scribe);
        var indexes =
                new QuestionReader.Indexes(
                        new Followed<>(text, text::covers),
                        new Followed<>(vectors, () -> vectorCover.orElse(vectors::covers).get()),
                        new Followed<>(adjacency, adjacency::covers),
                        new Followed<>(recollection, recollection::covers),
                        words);
        this.reader =
                new QuestionReader(
                        ledger,
                        indexes,
                        new QuestionReader.Models(new HashedWords(), reranker),
                        this,
                        () -> now,
                        longest);
        this.counter = new CountReader(ledger, indexes, this, () -> now, longest);
    }

    /// Brings all projections up to the ledger's head.
    ReadDoor follow() {
        followWords();
        follow(vectors);
        follow(words);
        return this;
    }

    /// Brings all up to the head but vectors.
    void followWords() {
        followAllButRecall();
        follow(recollection);
    }

    /// Brings up to the head what questions wait for.
    void followAllButRecall() {
        follow(text);
        follow(adjacency);
    }

    void vectorsCover(Supplier<Position> position) {
        vectorCover = Optional.of(position);
    }

    void whileWaiting(Runnable work) {
        whileWaiting = work;
    }

    Answer ask(Question question) {
        return reader.answer(question);
    }

    Context context(ContextQuestion asked) {
        return new ContextReader(reader).context(asked);
    }

    Answer askExactly(Question question) {
        return reader.exactly().answer(question);
    }

    Counted count(Count count) {
        return counter.count(count);
    }

    /// The facts that link an entity to others, each once.
    List<RowId> linked(EntityId entity, Holding holding, Position at) {
        return adjacency
                .neighbours(scribe.space(), scribe.nodeOf(entity), holding, at, Integer.MAX_VALUE)
                .stream()
                .map(Neighbour::row)
                .toList();
    }

    private void follow(Projection projection) {
        var from = projection.checkpoint().map(Checkpoint::position).orElse(Position.START);
        List<Row> rows = from.equals(Position.START) ? scribe.rows() : scribe.changesAfter(from);
        projection.apply(rows, new Checkpoint(InMemoryLedger.EPOCH, scribe.head()));
    }

    @Override
    public Position covers(Level level) {
        return Position.lower(text.covers(), adjacency.covers());
    }

    @Override
    public boolean await(Position position, Level level, Duration atMost) {
        whileWaiting.run();
        return !covers(level).isBefore(position);
    }

    @Override
    public long lag(Level level) {
        return scribe.head().number() - covers(level).number();
    }

    @Override
    public void close() {
        text.close();
        vectors.close();
        recollection.close();
        words.close();
    }
}
