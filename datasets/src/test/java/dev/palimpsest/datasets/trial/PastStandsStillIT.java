package dev.palimpsest.datasets.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult.Outcome;
import dev.palimpsest.time.Stamp;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sixteen writers with rivals, corrections and retractions, while readers record answers at random
/// `(at, knownAt)`. Whatever was answered once is answered for ever.
class PastStandsStillIT {

    private static final SpaceId SPACE = new SpaceId("trial");
    private static final List<Sample.Way> WAYS = List.of(Sample.Way.values());
    private static final int WRITERS = 16;
    private static final int READERS = 3;
    private static final int SUBJECTS = 12;
    private static final int SOURCES = 5;
    private static final Duration LENGTH =
            Duration.ofSeconds(Long.getLong("palimpsest.trial.seconds", 20));

    private record Done(TrialWrite write, Stamp stamp) {}

    private final Queue<Done> written = new ConcurrentLinkedQueue<>();
    private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Stamp> latest = new AtomicReference<>();
    private final AtomicLong clockSetBack = new AtomicLong();

    @Test
    void whatWasAnsweredIsAnsweredForEver(@TempDir Path folder) throws Exception {
        long seed = Long.getLong("palimpsest.seed", System.nanoTime());
        System.out.println("past stands still: seed " + seed + ", " + LENGTH);
        try (var house =
                TrialHouse.open(folder, () -> Instant.now().minusSeconds(clockSetBack.get()))) {
            prepare(house);
            writeAndReadAtOnce(house, seed);
            assertThat(samples).hasSizeGreaterThan(100);
            assertThat(written).hasSizeGreaterThan(100);
            house.awaitVisible();

            assertSameAnswers(house, "at the end");
            assertModelAgrees();
            house.reopen();
            assertSameAnswers(house, "after a restart");
            house.rebuildAll();
            assertSameAnswers(house, "after rebuild all");
            house.assertVerified();
        }
        System.out.println(
                "past stands still: " + written.size() + " writes, " + samples.size() + " answers");
    }

    private void prepare(TrialHouse house) throws InterruptedException {
        house.door().makeSpace(new Space(SPACE, false));
        var functional =
                new Predicate(
                        new PredicateName(TrialWrite.FUNCTIONAL),
                        true,
                        false,
                        false,
                        Optional.empty(),
                        Optional.of(ObjectKind.STRING));
        write(house, WriteItem.now(new Action.RegisterPredicate(functional)));
    }

    private void writeAndReadAtOnce(TrialHouse house, long seed) throws Exception {
        long end = System.nanoTime() + LENGTH.toNanos();
        long half = System.nanoTime() + LENGTH.toNanos() / 2;
        var tasks = new ArrayList<Callable<Void>>();
        for (int i = 0; i < WRITERS; i++) {
            var random = new SplittableRandom(seed + i);
            tasks.add(() -> {
                while (System.nanoTime() < end) {
                    writeOne(house, random);
                }
                return null;
            });
        }
        for (int i = 0; i < READERS; i++) {
            var random = new SplittableRandom(seed - 1 - i);
            tasks.add(() -> {
                while (System.nanoTime() < end) {
                    readOne(house, random);
                }
                return null;
            });
        }
        tasks.add(() -> {
            Thread.sleep(Duration.ofNanos(Math.max(1, half - System.nanoTime())));
            clockSetBack.set(3_600);
            return null;
        });
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var result : pool.invokeAll(tasks)) {
                result.get();
            }
        }
    }

    private void writeOne(TrialHouse house, SplittableRandom random) throws InterruptedException {
        var write = TrialWrite.random(random, SUBJECTS, SOURCES);
        if (write(house, write.item(SPACE)) instanceof Outcome.Written(_, Stamp stamp)) {
            written.add(new Done(write, stamp));
            latest.accumulateAndGet(stamp, PastStandsStillIT::later);
        }
    }

    private void readOne(TrialHouse house, SplittableRandom random) throws InterruptedException {
        var past = pick(random);
        var way = WAYS.get(random.nextInt(WAYS.size()));
        if (past.isPresent() && (way == Sample.Way.LEDGER || house.covers(past.get().position()))) {
            samples.add(
                    Sample.of(
                            house,
                            SPACE,
                            "entity-" + random.nextInt(SUBJECTS),
                            random.nextBoolean() ? TrialWrite.FUNCTIONAL : TrialWrite.MULTI_VALUED,
                            random.nextInt(TrialWrite.DAYS),
                            past.get(),
                            way));
        }
        Thread.sleep(10);
    }

    /// A stamp of the past, the youngest more often.
    private Optional<Stamp> pick(SplittableRandom random) {
        if (random.nextInt(4) == 0) {
            return Optional.ofNullable(latest.get());
        }
        int count = written.size();
        return count == 0
                ? Optional.empty()
                : written.stream().skip(random.nextInt(count)).findFirst().map(Done::stamp);
    }

    private Outcome write(TrialHouse house, WriteItem item) throws InterruptedException {
        while (true) {
            try {
                var request = new WriteRequest(SPACE, List.of(item), false, Optional.empty());
                return house.door().submit(request).join().outcomes().getFirst();
            } catch (StoreException.Overloaded e) {
                Thread.sleep(5);
            }
        }
    }

    private void assertSameAnswers(TrialHouse house, String when) {
        for (var sample : samples) {
            assertThat(sample.ask(house, SPACE))
                    .as("%s: %s", when, sample)
                    .isEqualTo(sample.answer());
        }
    }

    private void assertModelAgrees() {
        var model = new NaiveBelief();
        var due =
                samples.stream()
                        .sorted(Comparator.comparing(sample -> sample.known().position()))
                        .toList();
        int next = 0;
        var ordered =
                written.stream()
                        .sorted(Comparator.comparing(done -> done.stamp().position()))
                        .toList();
        for (var done : ordered) {
            while (next < due.size()
                    && due.get(next).known().position().isBefore(done.stamp().position())) {
                assertModelAgrees(model, due.get(next++));
            }
            model.apply(done.write(), done.stamp().position().number());
        }
        while (next < due.size()) {
            assertModelAgrees(model, due.get(next++));
        }
    }

    private static void assertModelAgrees(NaiveBelief model, Sample sample) {
        assertThat(sample.answer())
                .as("the model and %s", sample)
                .isEqualTo(model.believed(sample.subject(), sample.predicate(), sample.day()));
    }

    private static @Nullable Stamp later(@Nullable Stamp one, @Nullable Stamp other) {
        return one == null || (other != null && one.position().isBefore(other.position()))
                ? other
                : one;
    }
}
