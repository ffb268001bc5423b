package dev.palimpsest.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.model.Key;
import dev.palimpsest.model.Key.Reach;
import dev.palimpsest.model.KeyName;
import dev.palimpsest.model.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

    private static final int PER_MINUTE = 30;

    private long now = Long.MAX_VALUE - 5;
    private final Pace pace = new Pace(OptionalInt.of(PER_MINUTE), () -> now);

    private static Principal key(String id, OptionalInt requestsPerMinute) {
        return new Principal.Bearer(
                new Key(
                        id,
                        new KeyName("n"),
                        Set.of(Scope.READ),
                        new Reach.Everywhere(),
                        Instant.EPOCH,
                        Optional.empty(),
                        Optional.empty(),
                        requestsPerMinute));
    }

    private static Principal token(String subject) {
        return new Principal.Token("https://i", subject, Set.of(), Optional.empty());
    }

    private int admitted(Principal who, int asked) {
        int admitted = 0;
        for (int i = 0; i < asked; i++) {
            try {
                pace.admit(who);
                admitted++;
            } catch (TooOften e) {
                assertThat(e.retryAfter()).isPositive();
            }
        }
        return admitted;
    }

    private void passes(Duration time) {
        now += time.toNanos();
    }

    @Test
    void soManyAreLetInAtOnceAndThenOneAtATime() {
        var who = key("aaaaaaaa", OptionalInt.empty());
        assertThat(admitted(who, 100)).isEqualTo(PER_MINUTE);
        passes(Duration.ofMillis(1_999));
        assertThat(admitted(who, 5)).isZero();
        passes(Duration.ofMillis(1));
        assertThat(admitted(who, 5)).isEqualTo(1);
        passes(Duration.ofHours(1));
        assertThat(admitted(who, 100)).isEqualTo(PER_MINUTE);
    }

    @Test
    void whoIsTurnedAwayIsToldWhenToComeAgainAndIsLetInThen() {
        var who = key("aaaaaaaa", OptionalInt.of(2));
        assertThat(admitted(who, 2)).isEqualTo(2);
        passes(Duration.ofSeconds(10));
        assertThatThrownBy(() -> pace.admit(who))
                .isInstanceOfSatisfying(
                        TooOften.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(20)))
                .hasMessageContaining("2 times a minute");
        passes(Duration.ofSeconds(20));
        pace.admit(who);
    }

    @Test
    void eachHasItsOwnAndAKeyThatSaysItselfCountsByThat() {
        assertThat(admitted(key("aaaaaaaa", OptionalInt.empty()), 100)).isEqualTo(PER_MINUTE);
        assertThat(admitted(key("bbbbbbbb", OptionalInt.empty()), 100)).isEqualTo(PER_MINUTE);
        assertThat(admitted(key("cccccccc", OptionalInt.of(90)), 100)).isEqualTo(90);
        assertThat(admitted(token("ann"), 20) + admitted(token("ann"), 20)).isEqualTo(PER_MINUTE);
        assertThat(admitted(token("bob"), 100)).isEqualTo(PER_MINUTE);
        assertThat(admitted(new Principal.Local(), 1_000)).isEqualTo(1_000);
    }

    @Test
    void whereNothingIsSaidEverybodyAsksAsOftenAsTheyLike() {
        var free = new Pace(OptionalInt.empty(), () -> now);
        for (int i = 0; i < 10_000; i++) {
            free.admit(token("ann"));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void inNoMinuteMoreThanTwiceAsManyAreLetInAndInTheLongRunAsManyAsAreMeant(long seed) {
        var random = new Random(seed);
        var who = token("ann");
        int all = 0;
        for (int minute = 0; minute < 100; minute++) {
            int inThis = 0;
            for (int i = 0; i < 200; i++) {
                passes(Duration.ofMillis(300));
                inThis += admitted(who, random.nextInt(3));
            }
            assertThat(inThis).isLessThanOrEqualTo(2 * PER_MINUTE);
            all += inThis;
        }
        assertThat(all).isBetween(99 * PER_MINUTE, 101 * PER_MINUTE);
    }

    @Test
    void manyAtOnceAreCountedRightly() {
        var admitted = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                threads.execute(() -> admitted.addAndGet(admitted(token("ann"), 10)));
            }
        }
        assertThat(admitted).hasValue(PER_MINUTE);
    }

    @Test
    void aLimitThatIsNoneIsRefused() {
        for (int wrong : new int[] {0, -1, 1_000_001}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> key("aaaaaaaa", OptionalInt.of(wrong)))
                    .withMessageContaining("between 1 and 1000000: " + wrong);
        }
    }
}
