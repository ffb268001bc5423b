package dev.palimpsest.query.recall;

import dev.palimpsest.model.RowId;
import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.query.index.lucene.LuceneVectorIndex;
import dev.palimpsest.query.index.lucene.Match;
import dev.palimpsest.query.index.lucene.NodeSet;
import dev.palimpsest.query.index.lucene.Order;
import dev.palimpsest.query.index.lucene.Selection;
import dev.palimpsest.query.plan.View;
import dev.palimpsest.time.Position;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        var passing =
                new Passing(
                        memories.table(),
                        view.at(),
                        view.text().nodes(view.space(), search.passing, Filter.Role.SELF));
        var words = memories.borrow();
        var scores = scores(memories, search, passing, words);
        memories.giveBack(words);
        Map<RowId, Double> passed = new HashMap<>();
        scores.forEach((number, score) -> {
            if (passing.has(number)) {
                passed.put(memories.table().id(number), score);
            }
        });
        return passed;
    }

    /// The memories that may be found.
    private record Passing(MemoryTable table, Position at, NodeSet nodes) {

        boolean has(int number) {
            return table.isVisible(number, at) && nodes.contains(table.node(number));
        }
    }

    private Map<Integer, Double> scores(
            SpaceMemories memories, Search search, Passing passing, WordScores words) {
        var view = search.view;
        var asked = Asked.of(search.words, view.space(), memories, recollection.words(), meanings);
        Map<Integer, Double> cosines = new HashMap<>();
        for (var match : search.nearest) {
            int number = memories.table().number(match.node());
            if (number != MemoryTable.NONE) {
                cosines.put(number, match.score());
            }
        }
        view.trace().deadline().check();
        var among = candidates(memories, asked, passing, cosines, words);
        view.trace().deadline().check();
        var signals = new Signals(memories, asked, view.at(), among, cosines);
        Map<Integer, Double> scores = new LinkedHashMap<>();
        var anchors = new Anchors(memories, view, recollection.words(), meanings, words);
        var timely = anchors.of(search);
        among.forEach(number ->
                scores.put(
                        number,
                        signals.of(number)
                                + TIMELY * timely.share(memories.table().occurred(number))));
        var links = new Links(memories, view.at());
        links.named(asked)
                .forEach((number, named) ->
                        scores.computeIfPresent(
                                number, (_, score) -> score + NAMED * Math.min(1, named / 2.0)));
        new SecondHop(
                        memories,
                        asked,
                        links,
                        signals,
                        search.vector.map(Direction::of).orElse(Direction.NONE),
                        numbers -> vectors(memories.table(), numbers, view),
                        words,
                        view.trace().deadline())
                .raise(scores);
        return scores;
    }

    private static Set<Integer> candidates(
            SpaceMemories memories,
            Asked asked,
            Passing passing,
            Map<Integer, Double> cosines,
            WordScores words) {
        var among = new HashSet<Integer>();
        if (passing.nodes.size() <= FEW) {
            passing.nodes.stream()
                    .mapToInt(memories.table()::number)
                    .forEach(number -> {
                        if (number != MemoryTable.NONE && passing.has(number)) {
                            among.add(number);
                        }
                    });
            return among;
        }
        words.score(memories, asked.sought(), true);
        var first = words.best(WORDS_DEPTH, passing::has);
        first.stream().limit(WITH_NEIGHBOURS).forEach(number -> addBeside(number, passing, among));
        cosines.entrySet().stream()
                .sorted(Map.Entry.<Integer, Double>comparingByValue().reversed())
                .limit(WITH_NEIGHBOURS)
                .forEach(one -> addBeside(one.getKey(), passing, among));
        among.addAll(first);
        among.addAll(cosines.keySet());
        return among;
    }

    private static void addBeside(int number, Passing passing, Set<Integer> among) {
        var table = passing.table;
        int before = number;
        int after = number;
        for (int away = 0; away < Surroundings.NEAR; away++) {
            before = before == MemoryTable.NONE ? before : table.previous(before);
            after = after == MemoryTable.NONE ? after : table.next(after);
            for (int beside : new int[] {before, after}) {
                if (beside != MemoryTable.NONE && passing.has(beside)) {
                    among.add(beside);
                }
            }
        }
    }

    private Map<Integer, Direction> vectors(MemoryTable table, Set<Integer> numbers, View view) {
        var ids = new HashMap<RowId, Integer>();
        numbers.forEach(number -> ids.put(table.id(number), number));
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
