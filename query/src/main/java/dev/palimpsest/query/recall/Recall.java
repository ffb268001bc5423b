package dev.palimpsest.query.recall;

import dev.palimpsest.model.RowId;
import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.query.index.lucene.LuceneVectorIndex;
import dev.palimpsest.query.index.lucene.Match;
import dev.palimpsest.query.index.lucene.NodeSet;
import dev.palimpsest.query.index.lucene.Order;
import dev.palimpsest.query.index.lucene.Selection;
import dev.palimpsest.query.plan.View;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Ranks memories for a question in words.
///
/// Memories that hold its words, or words like them, those nearest in meaning, and those beside
/// them in their sessions are graded by [Signals]; then [SecondHop] raises what they lead to. In a
/// small space every memory is graded.
public final class Recall {

    /// How many of the nearest in meaning are worth knowing.
    public static final int MEANING_DEPTH = 400;

    private static final int WORDS_DEPTH = 300;

    /// Up to so many that pass are all graded.
    private static final int FEW = 1_000;

    /// Those beside so many of the best are graded too.
    private static final int WITH_NEIGHBOURS = 100;

    /// What a name in the question counts for what is about it, from two words on in full.
    private static final double NAMED = .2;

    /// What it counts that a memory occurred when the words say.
    private static final double TIMELY = .1;

    private final Recollection recollection;
    private final WordMeanings meanings;
    private final LuceneVectorIndex vectors;

    public Recall(Recollection recollection, WordMeanings meanings, LuceneVectorIndex vectors) {
        this.recollection = recollection;
        this.meanings = meanings;
        this.vectors = vectors;
    }

    /// What a question is searched with.
    ///
    /// @param asked what times in the words are counted from
    /// @param passing the memories that may be found
    /// @param vector of the question; empty if meaning cannot be asked
    /// @param nearest those that pass and are nearest to it
    public record Search(
            View view,
            String words,
            Instant asked,
            Selection passing,
            Optional<byte[]> vector,
            List<Match> nearest) {}

    /// A memory with its score, 1 for the best.
    public record Recalled(Match match, double score) {}

    /// The best, best first.
    public List<Recalled> best(Search search, int limit) {
        var view = search.view;
        var scores = recollection.read(view.space(), memories -> scores(memories, search));
        var best =
                scores.entrySet().stream()
                        .sorted(
                                Map.Entry.<RowId, Double>comparingByValue()
                                        .reversed()
                                        .thenComparing(
                                                one -> one.getKey().value(),
                                                Comparator.reverseOrder()))
                        .limit(limit)
                        .toList();
        if (best.isEmpty()) {
            return List.of();
        }
        var ids = best.stream().map(Map.Entry::getKey).collect(Collectors.toSet());
        var rows = search.passing.and(new Filter.Rows(ids));
        var matches =
                view.text().list(view.space(), rows, new Order.Newest(), ids.size()).stream()
                        .collect(Collectors.toMap(Match::id, match -> match));
        double most = best.getFirst().getValue();
        return best.stream()
                .flatMap(one ->
                        Stream.ofNullable(matches.get(one.getKey()))
                                .map(match ->
                                        new Recalled(match, Signals.share(one.getValue(), most))))
                .toList();
    }

    private Map<RowId, Double> scores(SpaceMemories memories, Search search) {
        var view = search.view;
        var passing = view.text().nodes(view.space(), search.passing, Filter.Role.SELF);
        var asked = Asked.of(search.words, view.space(), memories, recollection.words(), meanings);
        Map<Integer, Double> cosines = new HashMap<>();
        for (var match : search.nearest) {
            int number = memories.number(match.node());
            if (number != SpaceMemories.NONE) {
                cosines.put(number, match.score());
            }
        }
        view.trace().deadline().check();
        var among = candidates(memories, asked, view, passing, cosines);
        view.trace().deadline().check();
        var signals = new Signals(memories, asked, view.at(), among, cosines);
        Map<Integer, Double> scores = new LinkedHashMap<>();
        var timely = new Anchors(memories, view, recollection.words(), meanings).of(search);
        among.forEach(number ->
                scores.put(
                        number,
                        signals.of(number) + TIMELY * timely.share(memories.memory(number))));
        var links = new Links(memories, view.at());
        links.named(asked)
                .forEach((number, words) ->
                        scores.computeIfPresent(
                                number, (_, score) -> score + NAMED * Math.min(1, words / 2.0)));
        new SecondHop(
                        memories,
                        asked,
                        links,
                        signals,
                        search.vector.map(Direction::of).orElse(Direction.NONE),
                        numbers -> vectors(memories, numbers, view),
                        view.trace().deadline())
                .raise(scores);
        Map<RowId, Double> passed = new HashMap<>();
        scores.forEach((number, score) -> {
            if (passes(memories, number, passing, view)) {
                passed.put(memories.memory(number).id(), score);
            }
        });
        return passed;
    }

    private static boolean passes(SpaceMemories memories, int number, NodeSet passing, View view) {
        var memory = memories.memory(number);
        return memory.visibleAt(view.at()) && passing.contains(memory.node());
    }

    private static Set<Integer> candidates(
            SpaceMemories memories,
            Asked asked,
            View view,
            NodeSet passing,
            Map<Integer, Double> cosines) {
        var among = new HashSet<Integer>();
        if (passing.size() <= FEW) {
            for (int number = 0; number < memories.size(); number++) {
                if (passes(memories, number, passing, view)) {
                    among.add(number);
                }
            }
            return among;
        }
        float[] byWords = WordScores.ofAll(memories, asked.sought(), true);
        var first =
                new PriorityQueue<Integer>(Comparator.comparingDouble(number -> byWords[number]));
        for (int number = 0; number < byWords.length; number++) {
            boolean better =
                    byWords[number] > 0
                            && (first.size() < WORDS_DEPTH
                                    || byWords[number] > byWords[first.element()]);
            if (better && passes(memories, number, passing, view)) {
                first.add(number);
                if (first.size() > WORDS_DEPTH) {
                    first.remove();
                }
            }
        }
        first.stream()
                .sorted(Comparator.<Integer>comparingDouble(number -> -byWords[number]))
                .limit(WITH_NEIGHBOURS)
                .forEach(number -> addBeside(memories, number, passing, view, among));
        cosines.entrySet().stream()
                .sorted(Map.Entry.<Integer, Double>comparingByValue().reversed())
                .limit(WITH_NEIGHBOURS)
                .forEach(one -> addBeside(memories, one.getKey(), passing, view, among));
        among.addAll(first);
        among.addAll(cosines.keySet());
        return among;
    }

    private static void addBeside(
            SpaceMemories memories, int number, NodeSet passing, View view, Set<Integer> among) {
        int before = number;
        int after = number;
        for (int away = 0; away < Surroundings.NEAR; away++) {
            before = before == SpaceMemories.NONE ? before : memories.memory(before).previous();
            after = after == SpaceMemories.NONE ? after : memories.memory(after).next();
            for (int beside : new int[] {before, after}) {
                if (beside != SpaceMemories.NONE && passes(memories, beside, passing, view)) {
                    among.add(beside);
                }
            }
        }
    }

    private Map<Integer, Direction> vectors(
            SpaceMemories memories, Set<Integer> numbers, View view) {
        var ids = new HashMap<RowId, Integer>();
        numbers.forEach(number -> ids.put(memories.memory(number).id(), number));
        Map<Integer, Direction> found = new HashMap<>();
        vectors.vectors(view.space(), ids.keySet())
                .forEach((id, vector) -> {
                    var number = ids.get(id);
                    if (number != null) {
                        found.put(number, Direction.of(vector));
                    }
                });
        return found;
    }
}
