package dev.palimpsest.query.recall;

import dev.palimpsest.query.index.lucene.TextWords;
import dev.palimpsest.query.plan.View;
import dev.palimpsest.query.recall.Timely.Told;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.TimeBeside;
import dev.palimpsest.time.TimeWords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
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

    Anchors(SpaceMemories memories, View view, TextWords reader, WordMeanings meanings) {
        this.memories = memories;
        this.view = view;
        this.reader = reader;
        this.meanings = meanings;
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
        float[] fit = WordScores.ofAll(memories, anchor.sought(), true);
        var best = new PriorityQueue<Integer>(Comparator.comparingDouble(number -> fit[number]));
        for (int number = 0; number < fit.length; number++) {
            if (fit[number] > 0
                    && (best.size() < MOST_MEANT || fit[number] > fit[best.element()])
                    && memories.memory(number).occurred().isPresent()
                    && memories.memory(number).visibleAt(view.at())) {
                best.add(number);
                if (best.size() > MOST_MEANT) {
                    best.remove();
                }
            }
        }
        double most = best.stream().mapToDouble(number -> fit[number]).max().orElse(0);
        var told = new ArrayList<Told>();
        for (int number : best) {
            memories.memory(number)
                    .occurred()
                    .ifPresent(moment ->
                            told.add(new Told(Interval.since(moment), fit[number] / most)));
        }
        return told;
    }
}
