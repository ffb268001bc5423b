package dev.palimpsest.query.recall;

import dev.palimpsest.port.Deadline;
import dev.palimpsest.query.recall.Asked.Sought;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Raises memories that are linked with good ones and say what those leave open: the words of the
/// question they lack, and the part of its meaning that is not theirs. A question that needs two
/// memories, or three, is answered by such a chain.
final class SecondHop {

    private static final int HOPS = 2;

    /// From so many of the best each hop goes on.
    private static final int WIDTH = 5;

    private static final double RAISED = .6;

    /// Nearness to what is left of a question's meaning is counted from so far away, up to the
    /// nearest that a chain is linked with: what is left is near to little.
    private static final double AWAY = .1;

    /// What a memory reached by a hop counts when the next goes on from it.
    private static final double FADING = .7;

    private final SpaceMemories memories;
    private final Asked asked;
    private final Links links;
    private final Signals signals;
    private final Direction question;
    private final Function<Set<Integer>, Map<Integer, Direction>> vectors;
    private final Deadline deadline;
    private final WordScores words;
    private final Map<Integer, Direction> known = new HashMap<>();

    /// What [#words] was last worked out for.
    private @Nullable List<Sought> scored;

    /// @param question its meaning
    /// @param vectors gives the meanings of memories, as far as they are known
    /// @param words lent to it
    /// @param deadline looked at before each chain goes on
    SecondHop(
            SpaceMemories memories,
            Asked asked,
            Links links,
            Signals signals,
            Direction question,
            Function<Set<Integer>, Map<Integer, Direction>> vectors,
            WordScores words,
            Deadline deadline) {
        this.memories = memories;
        this.asked = asked;
        this.links = links;
        this.signals = signals;
        this.question = question;
        this.vectors = vectors;
        this.words = words;
        this.deadline = deadline;
    }

    /// A chain of memories, with the words of the question met on it and the sum of its meanings.
    private record Chain(
            int last, Set<Integer> members, Set<Integer> met, Direction meaning, double score) {}

    /// Changes the scores of what is reached, and adds what is not there yet.
    void raise(Map<Integer, Double> scores) {
        Map<Integer, Double> before = Map.copyOf(scores);
        var first =
                scores.entrySet().stream()
                        .sorted(Map.Entry.<Integer, Double>comparingByValue().reversed())
                        .limit(WIDTH)
                        .toList();
        fetch(first.stream().map(Map.Entry::getKey).collect(Collectors.toSet()));
        List<Chain> chains =
                best(first.stream().map(one -> chain(one.getKey(), one.getValue())).toList());
        for (int hop = 0; hop < HOPS && !chains.isEmpty(); hop++) {
            Map<Chain, Map<Integer, Double>> linked = new LinkedHashMap<>();
            chains.forEach(chain -> linked.put(chain, linked(chain)));
            fetch(
                    linked.values().stream()
                            .flatMap(some -> some.keySet().stream())
                            .collect(Collectors.toSet()));
            Map<Integer, Chain> reached = new HashMap<>();
            linked.forEach((chain, some) -> {
                deadline.check();
                extend(chain, some, before, scores, reached);
            });
            chains = best(List.copyOf(reached.values()));
        }
    }

    private Map<Integer, Double> linked(Chain chain) {
        var linked = new HashMap<>(links.of(chain.last));
        linked.keySet().removeAll(chain.members);
        return linked;
    }

    private static List<Chain> best(List<Chain> chains) {
        return chains.stream()
                .sorted(
                        Comparator.comparingDouble(Chain::score)
                                .reversed()
                                .thenComparingInt(Chain::last))
                .limit(WIDTH)
                .toList();
    }

    private Chain chain(int number, double score) {
        return new Chain(number, Set.of(number), met(number), vector(number), score);
    }

    private void extend(
            Chain chain,
            Map<Integer, Double> linked,
            Map<Integer, Double> before,
            Map<Integer, Double> scores,
            Map<Integer, Chain> reached) {
        if (linked.isEmpty()) {
            return;
        }
        score(asked.sought().stream().filter(one -> !chain.met.contains(one.word())).toList());
        double bestWords = words.highest();
        var left = question.without(chain.meaning);
        Map<Integer, Double> near = new HashMap<>();
        linked.keySet().forEach(number -> near.put(number, nearness(left, vector(number))));
        double nearest = Collections.max(near.values());
        for (var one : linked.entrySet()) {
            int number = one.getKey();
            double fits =
                    Weights.OF_NOTES.alone() * Signals.share(words.of(number), bestWords)
                            + Weights.OF_NOTES.meaning()
                                    * Signals.share(near.getOrDefault(number, 0.0), nearest);
            double own = before.containsKey(number) ? before.get(number) : ownScore(number);
            double raised = own + RAISED * one.getValue() * chain.score * fits;
            if (raised > scores.getOrDefault(number, 0.0)) {
                scores.put(number, raised);
                reached.put(number, extended(chain, number, raised));
            }
        }
    }

    private static double nearness(Direction left, Direction meaning) {
        return left.isNone() || meaning.isNone() ? 0 : Math.max(0, left.cosine(meaning) + AWAY);
    }

    private void score(List<Sought> open) {
        if (!open.equals(scored)) {
            words.score(memories, open, false);
            scored = open;
        }
    }

    private double ownScore(int number) {
        return signals.of(number, question.cosine(vector(number)));
    }

    private Chain extended(Chain chain, int number, double score) {
        var members = new HashSet<>(chain.members);
        members.add(number);
        var met = new HashSet<>(chain.met);
        met.addAll(met(number));
        return new Chain(number, members, met, chain.meaning.plus(vector(number)), score * FADING);
    }

    private Set<Integer> met(int number) {
        var text = memories.table().text(number);
        var words = new HashSet<Integer>();
        for (int place = 0; place < text.length(); place++) {
            words.add(text.word(place));
        }
        return asked.sought().stream()
                .map(Sought::word)
                .filter(words::contains)
                .collect(Collectors.toSet());
    }

    private void fetch(Set<Integer> numbers) {
        var missing = new HashSet<>(numbers);
        missing.removeAll(known.keySet());
        if (!missing.isEmpty() && !question.isNone()) {
            known.putAll(vectors.apply(missing));
        }
    }

    private Direction vector(int number) {
        return known.getOrDefault(number, Direction.NONE);
    }
}
