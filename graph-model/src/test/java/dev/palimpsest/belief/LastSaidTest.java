package dev.palimpsest.belief;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.Value;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastSaidTest {

    @Test
    void theExampleOfTheDesign() {
        var ann = claim("Ann", Interval.between(year(2010), year(2015)), 1);
        var bob = claim("Bob", Interval.since(year(2015)), 2);
        var cat = claim("Cat", Interval.between(year(2014), year(2016)), 3);

        assertThat(LastSaid.of(true, List.of(ann, bob, cat)))
                .containsExactly(
                        belief("Ann", Interval.between(year(2010), year(2014))),
                        belief("Cat", Interval.between(year(2014), year(2016))),
                        belief("Bob", Interval.since(year(2016))));
    }

    @Test
    void aBoundedExceptionDoesNotEndWhatItInterrupts() {
        var ann = claim("Ann", Interval.since(year(2010)), 1);
        var bob = claim("Bob", Interval.between(year(2012), year(2013)), 2);

        assertThat(LastSaid.of(true, List.of(ann, bob)))
                .contains(belief("Ann", Interval.since(year(2013))));
    }

    @Test
    void anUnknownEndIsTightenedByALaterClaimAndDoesNotComeBack() {
        var ann = claim("Ann", new Interval(year(2010), unknown(Optional.empty())), 1);
        var bob = claim("Bob", Interval.between(year(2015), year(2016)), 2);

        assertThat(LastSaid.of(true, List.of(ann, bob)))
                .containsExactly(
                        belief("Ann", new Interval(year(2010), unknown(Optional.of(year(2015))))),
                        belief("Bob", Interval.between(year(2015), year(2016))));
    }

    @Test
    void equalAdjacentBeliefsAreOne() {
        var one = claim("Ann", Interval.between(year(2010), year(2012)), 1);
        var two = claim("Ann", Interval.between(year(2012), year(2014)), 2);

        assertThat(LastSaid.of(true, List.of(one, two)))
                .containsExactly(belief("Ann", Interval.between(year(2010), year(2014))));
    }

    @Test
    void aMultiValuedPredicateHoldsEveryObject() {
        var ann = claim("Ann", Interval.since(year(2010)), 1);
        var bob = claim("Bob", Interval.since(year(2011)), 2);

        assertThat(LastSaid.of(false, List.of(ann, bob)))
                .containsExactly(
                        belief("Ann", Interval.since(year(2010))),
                        belief("Bob", Interval.since(year(2011))));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void everyMomentBelongsToTheClaimSaidLast(long seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            var claims = randomClaims(random);
            for (boolean functional : new boolean[] {true, false}) {
                var beliefs = LastSaid.of(functional, claims);
                for (int moment = 0; moment < 14; moment++) {
                    assertThat(believedAt(beliefs, moment))
                            .as("seed %d round %d at %d of %s", seed, round, moment, claims)
                            .containsExactlyInAnyOrderElementsOf(
                                    expectedAt(functional, claims, moment));
                }
            }
        }
    }

    private static List<Claim> randomClaims(RandomGenerator random) {
        List<Claim> claims = new ArrayList<>();
        int count = random.nextInt(1, 8);
        for (int i = 1; i <= count; i++) {
            int from = random.nextInt(0, 10);
            int until = random.nextInt(from + 1, 13);
            var start = Moments.fromMicros(from);
            var valid =
                    random.nextInt(4) == 0
                            ? Interval.since(start)
                            : Interval.between(start, Moments.fromMicros(until));
            claims.add(claim(String.valueOf((char) ('A' + random.nextInt(3))), valid, i));
        }
        return claims;
    }

    private static List<Value> believedAt(List<Belief> beliefs, int moment) {
        return beliefs.stream()
                .filter(belief -> belief.valid().holdsAt(Moments.fromMicros(moment)))
                .map(Belief::object)
                .toList();
    }

    private static List<Value> expectedAt(boolean functional, List<Claim> claims, int moment) {
        var covering =
                claims.reversed().stream()
                        .filter(claim -> claim.valid().holdsAt(Moments.fromMicros(moment)))
                        .map(Claim::object)
                        .distinct()
                        .toList();
        return functional && !covering.isEmpty() ? covering.subList(0, 1) : covering;
    }

    private static Interval.End unknown(Optional<Instant> latest) {
        return new Interval.End.Unknown(latest);
    }

    private static Claim claim(String object, Interval valid, long said) {
        return new Claim(new Value.Text(object), Qualifiers.NONE, valid, new Position(said));
    }

    private static Belief belief(String object, Interval valid) {
        return new Belief(new Value.Text(object), Qualifiers.NONE, valid);
    }

    private static Instant year(int year) {
        return Instant.parse(year + "-01-01T00:00:00Z");
    }
}
