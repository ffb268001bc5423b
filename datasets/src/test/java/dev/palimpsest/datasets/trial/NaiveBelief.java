package dev.palimpsest.datasets.trial;

import dev.palimpsest.datasets.trial.TrialWrite.Say;
import dev.palimpsest.datasets.trial.TrialWrite.Swap;
import dev.palimpsest.datasets.trial.TrialWrite.TakeBack;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// What should be believed, kept as naively as can be: for each source and fact, and each day, the
/// position at which the source last said so. No intervals, no remainders, no versions.
final class NaiveBelief {

    private record Cell(String subject, String predicate, String source, String object, int day) {}

    private final Map<Cell, Long> said = new HashMap<>();

    void apply(TrialWrite write, long position) {
        switch (write) {
            case Say say -> say(say, position);
            case TakeBack back -> takeBack(back);
            case Swap(TakeBack back, Say say) -> {
                takeBack(back);
                say(say, position);
            }
        }
    }

    /// The objects believed of a subject on a day: of `status`, the one said last; of `tag`, all.
    Set<String> believed(String subject, String predicate, int day) {
        var holding = new HashMap<String, Long>();
        said.forEach((cell, position) -> {
            if (cell.subject.equals(subject)
                    && cell.predicate.equals(predicate)
                    && cell.day == day) {
                holding.merge(cell.object, position, Math::max);
            }
        });
        if (!predicate.equals(TrialWrite.FUNCTIONAL) || holding.isEmpty()) {
            return new HashSet<>(holding.keySet());
        }
        return Set.of(
                holding.entrySet().stream()
                        .max(Comparator.comparingLong(Map.Entry::getValue))
                        .orElseThrow()
                        .getKey());
    }

    /// Saying the same thing twice changes nothing, also as a part of a correction: who says
    /// already all of it does not say it later than that.
    private void say(Say say, long position) {
        if (saysAlready(say)) {
            return;
        }
        for (int day = say.from(); day < say.until(); day++) {
            int on = day;
            if (say.predicate().equals(TrialWrite.FUNCTIONAL)) {
                said.keySet()
                        .removeIf(cell ->
                                cell.subject.equals(say.subject())
                                        && cell.predicate.equals(say.predicate())
                                        && cell.source.equals(say.source())
                                        && cell.day == on);
            }
            said.put(
                    new Cell(say.subject(), say.predicate(), say.source(), say.object(), day),
                    position);
        }
    }

    private boolean saysAlready(Say say) {
        return IntStream.range(say.from(), say.until())
                .allMatch(day ->
                        said.containsKey(
                                new Cell(
                                        say.subject(),
                                        say.predicate(),
                                        say.source(),
                                        say.object(),
                                        day)));
    }

    private void takeBack(TakeBack back) {
        said.keySet()
                .removeIf(cell ->
                        cell.subject.equals(back.subject())
                                && cell.predicate.equals(back.predicate())
                                && cell.object.equals(back.object())
                                && (back.source().isEmpty()
                                        || cell.source.equals(back.source().get()))
                                && cell.day >= back.from()
                                && cell.day < back.until());
    }
}
