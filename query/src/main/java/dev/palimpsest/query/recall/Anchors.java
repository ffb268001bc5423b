package dev.palimpsest.query.recall;

import dev.palimpsest.query.index.lucene.TextWords;
import dev.palimpsest.query.plan.View;
import dev.palimpsest.query.recall.Timely.Told;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.TimeBeside;
import dev.palimpsest.time.TimeWords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Finds the times that the words of a question tell, also by something else: in `two weeks after
/// the trip`, the trip is looked for among what is a date, the events that are named so, and the
/// memories that hold the words.
final class Anchors {

    /// So many memories may be meant, the better fitting the more surely.
    private static final int MOST_MEANT = 3;

    private final SpaceMemories memories;
    private final View view;
    private final TextWords reader;
    private final WordMeanings meanings;
    private final WordScores scores;

    /// @param scores lent to it
    Anchors(
            SpaceMemories memories,
            View view,
            TextWords reader,
            WordMeanings meanings,
            WordScores scores) {
        this.memories = memories;
        this.view = view;
        this.reader = reader;
        this.meanings = meanings;
        this.scores = scores;
    }

    Timely of(Recall.Search search) {
        var beside = TimeBeside.in(search.words());
        var rest = beside.map(TimeBeside::rest).orElse(search.words());
        return new Timely(
                Stream.concat(
                                sure(TimeWords.in(rest, search.asked()).stream()),
                                beside.stream().flatMap(one -> told(one, search.asked())))
                        .toList());
    }

    private Stream<Told> told(TimeBeside beside, Instant asked) {
        return meant(beside.anchor(), asked)
                .flatMap(one ->
                        beside.of(one.stretch()).stream()
                                .map(stretch -> new Told(stretch, one.sureness())));
    }

    /// What the words for something may mean, as far as it has a time.
    private Stream<Told> meant(String anchor, Instant asked) {
        var date = TimeWords.in("in " + anchor, asked);
        if (date.isPresent()) {
            return sure(date.stream());
        }
        var words = Asked.of(anchor, view.space(), memories, reader, meanings);
        var events =
                memories.namedIn(words.text(), view.at()).keySet().stream()
                        .flatMap(node -> view.event(node).stream())
                        .toList();
        return events.isEmpty() ? remembered(words).stream() : sure(events.stream());
    }

    private static Stream<Told> sure(Stream<Interval> stretches) {
        return stretches.map(stretch -> new Told(stretch, 1));
    }

    private List<Told> remembered(Asked anchor) {
        var table = memories.table();
        scores.score(memories, anchor.sought(), true);
        var best =
                scores.best(
                        MOST_MEANT,
                        number ->
                                table.occurred(number).isPresent()
                                        && table.isVisible(number, view.at()));
        var told = new ArrayList<Told>();
        for (int number : best) {
            double sureness = scores.of(number) / scores.of(best.getFirst());
            table.occurred(number)
                    .ifPresent(moment -> told.add(new Told(Interval.since(moment), sureness)));
        }
        return told;
    }
}
