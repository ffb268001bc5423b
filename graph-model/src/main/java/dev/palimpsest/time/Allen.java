package dev.palimpsest.time;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// How one interval stands to another: of any two, exactly one of these thirteen holds.
///
/// The names are those of Allen's algebra. OWL-Time writes them with the prefix `interval`:
/// `time:intervalBefore`, `time:intervalMetBy`, `time:intervalOverlappedBy`, and so on to
/// `time:intervalEquals`. Intervals are half-open, so one that ends where the other starts *meets*
/// it and shares nothing with it. Two that have not ended yet end alike.
public enum Allen {
    BEFORE("before"),
    AFTER("after"),
    MEETS("meets"),
    MET_BY("metBy"),
    OVERLAPS("overlaps"),
    OVERLAPPED_BY("overlappedBy"),
    STARTS("starts"),
    STARTED_BY("startedBy"),
    DURING("during"),
    CONTAINS("contains"),
    FINISHES("finishes"),
    FINISHED_BY("finishedBy"),
    EQUALS("equals");

    /// The last end that an interval can have which is over.
    private static final long LAST_END = Moments.OPEN - 1;

    private final String word;

    Allen(String word) {
        this.word = word;
    }

    /// The name used in JSON and papers.
    public String word() {
        return word;
    }

    /// @throws IllegalArgumentException if `word` names no relation
    public static Allen parse(String word) {
        for (var relation : values()) {
            if (relation.word.equals(word)) {
                return relation;
            }
        }
        throw new IllegalArgumentException(
                "is one of "
                        + Arrays.stream(values()).map(Allen::word).collect(Collectors.joining(", "))
                        + ": "
                        + word);
    }

    /// How `[from, until)` stands to `[otherFrom, otherUntil)`; neither is empty.
    public static Allen of(long from, long until, long otherFrom, long otherUntil) {
        if (until < otherFrom) {
            return BEFORE;
        }
        if (until == otherFrom) {
            return MEETS;
        }
        if (from > otherUntil) {
            return AFTER;
        }
        if (from == otherUntil) {
            return MET_BY;
        }
        int end = Long.compare(until, otherUntil);
        if (from < otherFrom) {
            return end < 0 ? OVERLAPS : end == 0 ? FINISHED_BY : CONTAINS;
        }
        if (from == otherFrom) {
            return end < 0 ? STARTS : end == 0 ? EQUALS : STARTED_BY;
        }
        return end < 0 ? DURING : end == 0 ? FINISHES : OVERLAPPED_BY;
    }

    /// How `one` may stand to `other`: one relation if its end is a moment or open, and if nobody
    /// knows its end, one for each end it can have, all of which are over.
    ///
    /// @throws IllegalArgumentException if nobody knows the end of `other`
    public static Set<Allen> possible(Interval one, Interval other) {
        if (other.end() instanceof Interval.End.Unknown) {
            throw new IllegalArgumentException("must have an end that is known: " + other);
        }
        long from = one.fromMicros();
        long otherFrom = other.fromMicros();
        long otherUntil = other.untilMicros();
        if (!(one.end() instanceof Interval.End.Unknown)) {
            return EnumSet.of(of(from, one.untilMicros(), otherFrom, otherUntil));
        }
        long latest = Math.min(one.untilMicros(), LAST_END);
        // Between two neighbours of these ends, nothing changes.
        return LongStream.of(
                        from + 1,
                        otherFrom - 1,
                        otherFrom,
                        otherFrom + 1,
                        otherUntil - 1,
                        otherUntil,
                        Math.min(otherUntil, LAST_END) + 1,
                        latest)
                .filter(until -> from < until && until <= latest)
                .mapToObj(until -> of(from, until, otherFrom, otherUntil))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Allen.class)));
    }

    /// How the other stands to the one.
    public Allen inverse() {
        return switch (this) {
            case BEFORE -> AFTER;
            case AFTER -> BEFORE;
            case MEETS -> MET_BY;
            case MET_BY -> MEETS;
            case OVERLAPS -> OVERLAPPED_BY;
            case OVERLAPPED_BY -> OVERLAPS;
            case STARTS -> STARTED_BY;
            case STARTED_BY -> STARTS;
            case DURING -> CONTAINS;
            case CONTAINS -> DURING;
            case FINISHES -> FINISHED_BY;
            case FINISHED_BY -> FINISHES;
            case EQUALS -> EQUALS;
        };
    }

    /// Whether two that stand so share a moment.
    public boolean isShared() {
        return switch (this) {
            case BEFORE, MEETS, MET_BY, AFTER -> false;
            case OVERLAPS, OVERLAPPED_BY, STARTS, STARTED_BY, DURING, CONTAINS -> true;
            case FINISHES, FINISHED_BY, EQUALS -> true;
        };
    }

    /// How A may stand to C when A stands so to B, and B as `next` to C.
    public Set<Allen> then(Allen next) {
        var possible = Composition.TABLE.get(this);
        return possible == null ? Set.of() : possible.getOrDefault(next, Set.of());
    }

    /// Made by trying: three intervals have six ends, so six moments show every way they can stand.
    private static final class Composition {
        private static final int MOMENTS = 6;
        private static final Map<Allen, Map<Allen, Set<Allen>>> TABLE = table();

        private static Map<Allen, Map<Allen, Set<Allen>>> table() {
            Map<Allen, Map<Allen, Set<Allen>>> table = new EnumMap<>(Allen.class);
            var intervals =
                    LongStream.range(0, MOMENTS)
                            .boxed()
                            .flatMap(from ->
                                    LongStream.range(from + 1, MOMENTS)
                                            .mapToObj(until -> new long[] {from, until}))
                            .toList();
            for (var one : intervals) {
                for (var middle : intervals) {
                    var row =
                            table.computeIfAbsent(
                                    between(one, middle), _ -> new EnumMap<>(Allen.class));
                    for (var other : intervals) {
                        row.computeIfAbsent(
                                        between(middle, other), _ -> EnumSet.noneOf(Allen.class))
                                .add(between(one, other));
                    }
                }
            }
            table.replaceAll((_, row) -> frozen(row));
            return table;
        }

        private static Map<Allen, Set<Allen>> frozen(Map<Allen, Set<Allen>> row) {
            row.replaceAll((_, possible) -> Set.copyOf(possible));
            return row;
        }

        private static Allen between(long[] one, long[] other) {
            return of(one[0], one[1], other[0], other[1]);
        }
    }
}
