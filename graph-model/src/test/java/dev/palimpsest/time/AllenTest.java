package dev.palimpsest.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.palimpsest.time.Interval.End;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AllenTest {

    private static final List<Span> ALL = spans(6);

    /// The definitions as they stand in Allen's paper, each by itself.
    private static final Map<Allen, Definition> DEFINITIONS = definitions();

    private record Span(long from, long until) {
        Allen to(Span other) {
            return Allen.of(from, until, other.from, other.until);
        }
    }

    private interface Definition {
        boolean holds(Span one, Span other);
    }

    @Test
    void ofAnyTwoIntervalsExactlyOneRelationHoldsAndItIsTheOneGiven() {
        assertThat(DEFINITIONS).containsOnlyKeys(Allen.values());
        var met = EnumSet.noneOf(Allen.class);
        for (var one : ALL) {
            for (var other : ALL) {
                var holding =
                        DEFINITIONS.entrySet().stream()
                                .filter(entry -> entry.getValue().holds(one, other))
                                .map(Map.Entry::getKey)
                                .toList();
                assertThat(holding).as(one + " to " + other).containsExactly(one.to(other));
                met.addAll(holding);
            }
        }
        assertThat(met).containsExactly(Allen.values());
    }

    @Test
    void theInverseIsTheRelationSeenFromTheOtherSide() {
        for (var one : ALL) {
            for (var other : ALL) {
                assertThat(one.to(other).inverse()).isEqualTo(other.to(one));
            }
        }
    }

    @Test
    void aCompositionIsWhatTriplesShow() {
        Map<List<Allen>, Set<Allen>> shown = new HashMap<>();
        for (var one : ALL) {
            for (var middle : ALL) {
                for (var other : ALL) {
                    shown.computeIfAbsent(
                                    List.of(one.to(middle), middle.to(other)),
                                    _ -> EnumSet.noneOf(Allen.class))
                            .add(one.to(other));
                }
            }
        }
        assertThat(shown).hasSize(13 * 13);
        shown.forEach((pair, relations) ->
                assertThat(pair.getFirst().then(pair.getLast()))
                        .as(pair.toString())
                        .isEqualTo(relations));
    }

    /// As printed: "Maintaining Knowledge about Temporal Intervals", figure 4; the whole table has
    /// 409 entries.
    @Test
    void theCompositionTableIsThePublishedOne() {
        assertThat(Allen.BEFORE.then(Allen.BEFORE)).containsExactly(Allen.BEFORE);
        assertThat(Allen.BEFORE.then(Allen.AFTER)).containsExactlyInAnyOrder(Allen.values());
        assertThat(Allen.MEETS.then(Allen.DURING))
                .containsExactlyInAnyOrder(Allen.OVERLAPS, Allen.DURING, Allen.STARTS);
        assertThat(Allen.OVERLAPS.then(Allen.OVERLAPS))
                .containsExactlyInAnyOrder(Allen.BEFORE, Allen.OVERLAPS, Allen.MEETS);
        assertThat(Allen.MEETS.then(Allen.MET_BY))
                .containsExactlyInAnyOrder(Allen.FINISHES, Allen.FINISHED_BY, Allen.EQUALS);
        int entries = 0;
        for (var one : Allen.values()) {
            assertThat(one.then(Allen.EQUALS)).containsExactly(one);
            for (var other : Allen.values()) {
                entries += one.then(other).size();
            }
        }
        assertThat(entries).isEqualTo(409);
    }

    @Test
    void aWordNamesItsRelationAndNothingElseDoes() {
        for (var relation : Allen.values()) {
            assertThat(Allen.parse(relation.word())).isEqualTo(relation);
        }
        assertThat(Arrays.stream(Allen.values()).map(Allen::word))
                .contains("metBy", "overlappedBy", "startedBy", "finishedBy");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Allen.parse("Before"))
                .withMessageContaining("before, after, meets")
                .withMessageContaining("Before");
    }

    @Test
    void whatHasNotEndedEndsAfterAllThatHasAndAlikeWithWhatHasNot() {
        assertThat(possible(since(3), since(3))).containsExactly(Allen.EQUALS);
        assertThat(possible(since(3), since(2))).containsExactly(Allen.FINISHES);
        assertThat(possible(since(1), since(2))).containsExactly(Allen.FINISHED_BY);
        assertThat(possible(since(1), between(2, 4))).containsExactly(Allen.CONTAINS);
        assertThat(possible(between(1, 3), since(2))).containsExactly(Allen.OVERLAPS);
    }

    @Test
    void anUnknownEndGivesEveryRelationThatOneOfItsEndsDoes() {
        for (var other : ALL) {
            for (long from = 0; from < 6; from++) {
                for (long latest = from + 1; latest <= 6; latest++) {
                    var expected = EnumSet.noneOf(Allen.class);
                    for (long until = from + 1; until <= latest; until++) {
                        expected.add(new Span(from, until).to(other));
                    }
                    var ended = unknown(from, Optional.of(moment(latest)));
                    assertThat(possible(ended, between(other.from, other.until)))
                            .as(ended + " to " + other)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void whatIsOverEndsBeforeWhatHasNotEnded() {
        var over = unknown(1, Optional.empty());
        assertThat(possible(over, since(3)))
                .containsExactlyInAnyOrder(Allen.BEFORE, Allen.MEETS, Allen.OVERLAPS);
        assertThat(possible(over, since(1))).containsExactly(Allen.STARTS);
        assertThat(possible(over, since(0))).containsExactly(Allen.DURING);
    }

    @Test
    void anUnknownEndIsNothingToCompareWith() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> possible(since(1), unknown(1, Optional.empty())))
                .withMessageContaining("end that is known");
    }

    private static Set<Allen> possible(Interval one, Interval other) {
        return Allen.possible(one, other);
    }

    private static Instant moment(long micros) {
        return Moments.fromMicros(micros);
    }

    private static Interval since(long from) {
        return Interval.since(moment(from));
    }

    private static Interval between(long from, long until) {
        return Interval.between(moment(from), moment(until));
    }

    private static Interval unknown(long from, Optional<Instant> latest) {
        return new Interval(moment(from), new End.Unknown(latest));
    }

    private static List<Span> spans(int last) {
        var spans = new ArrayList<Span>();
        for (long from = 0; from < last; from++) {
            for (long until = from + 1; until <= last; until++) {
                spans.add(new Span(from, until));
            }
        }
        return spans;
    }

    private static Map<Allen, Definition> definitions() {
        Map<Allen, Definition> all = new EnumMap<>(Allen.class);
        all.put(Allen.BEFORE, (x, y) -> x.until < y.from);
        all.put(Allen.MEETS, (x, y) -> x.until == y.from);
        all.put(Allen.OVERLAPS, (x, y) -> x.from < y.from && y.from < x.until && x.until < y.until);
        all.put(Allen.STARTS, (x, y) -> x.from == y.from && x.until < y.until);
        all.put(Allen.DURING, (x, y) -> y.from < x.from && x.until < y.until);
        all.put(Allen.FINISHES, (x, y) -> x.until == y.until && y.from < x.from);
        all.put(Allen.EQUALS, (x, y) -> x.from == y.from && x.until == y.until);
        Map.copyOf(all)
                .forEach((relation, holds) ->
                        all.put(relation.inverse(), (x, y) -> holds.holds(y, x)));
        return all;
    }
}
