package dev.palimpsest.relational;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Forgetting;
import dev.palimpsest.port.Forgetting.Target;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult.Outcome;
import dev.palimpsest.relational.archive.Backup;
import dev.palimpsest.relational.archive.Restore;
import dev.palimpsest.relational.archive.SpaceImport;
import dev.palimpsest.relational.commit.PgRecorder;
import dev.palimpsest.time.Interval;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is one transaction however large it is: a hub, a source and a space are forgotten, a space
/// is taken in. With the system property `palimpsest.test.facts` of so many facts each, and what
/// they take is printed.
class LargeStepsTest {

    private static final int FACTS = Integer.getInteger("palimpsest.test.facts", 300);
    private static final int AT_ONCE = 1_000;
    private static final Duration BETWEEN_WRITES = Duration.ofMillis(20);
    private static final SpaceId OTHER = new SpaceId("other");
    private static final SpaceId SPACE = new SpaceId("large");

    @TempDir private Path folder;

    @Test
    void aHubASourceAndASpaceAreForgottenAndASpaceIsTakenInHoweverLarge() throws Exception {
        try (var from = TestDatabases.fresh();
                var to = TestDatabases.fresh()) {
            var file = folder.resolve("space.zip");
            try (var recorder = open(from)) {
                recorder.makeSpace(new Space(OTHER, false));
                recorder.makeSpace(new Space(SPACE, false));
                measure(
                        "facts to a hub written",
                        recorder,
                        () -> write(recorder, LargeStepsTest::ofHub));
                measure(
                        "facts of a source written",
                        recorder,
                        () -> write(recorder, LargeStepsTest::ofSource));
                measure("space exported", recorder, () -> export(from, file));
                measure("hub forgotten", recorder, () -> forget(recorder, hub()));
                measure("source forgotten", recorder, () -> forget(recorder, source()));
                assertThat(count(from)).isZero();
            }
            try (var recorder = open(to)) {
                recorder.makeSpace(new Space(OTHER, false));
                var spaces = new SpaceImport(to.dataSource(), recorder);
                var now = InstantSource.system();
                var taken =
                        measure("space taken in", recorder, () -> spaces.from(file, now.instant()));
                assertThat(Restore.check(file).digest()).contains(taken.digest());
                assertThat(count(to)).isEqualTo(2L * FACTS);
                measure(
                        "space forgotten",
                        recorder,
                        () -> forget(recorder, new Target.Everything()));
                assertThat(count(to)).isZero();
            }
        }
    }

    private static PgRecorder open(Database database) {
        return PgRecorder.open(database.dataSource(), InstantSource.system(), _ -> {});
    }

    private static Target hub() {
        return new Target.OfEntity(new EntityId("hub"));
    }

    private static Target source() {
        return new Target.OfSource(new SourceId("sensor"));
    }

    private static Action ofHub(int number) {
        return says("p-" + number, "knows", new Value.Entity(new EntityId("hub")), "us");
    }

    private static Action ofSource(int number) {
        var value = new Value.Numeric(BigDecimal.valueOf(number));
        return says("place-" + number % AT_ONCE, "reads", value, "sensor");
    }

    private static Action says(String subject, String predicate, Value object, String source) {
        return new Action.AssertFact(
                new Statement(
                        new EntityId(subject),
                        new PredicateName(predicate),
                        object,
                        Interval.since(Instant.parse("2020-01-01T00:00:00Z")),
                        new SourceId(source),
                        Qualifiers.NONE,
                        Optional.empty(),
                        Statement.Replaces.OVERLAP));
    }

    private static long write(PgRecorder recorder, IntFunction<Action> fact) {
        long written = 0;
        for (int from = 0; from < FACTS; from += AT_ONCE) {
            var items =
                    IntStream.range(from, Math.min(FACTS, from + AT_ONCE))
                            .mapToObj(fact)
                            .map(WriteItem::now)
                            .toList();
            var result =
                    recorder.record(new WriteRequest(SPACE, items, false, Optional.empty())).join();
            written += result.outcomes().stream().filter(Outcome.Written.class::isInstance).count();
        }
        assertThat(written).isEqualTo(FACTS);
        return written;
    }

    private static Forgetting.Report forget(PgRecorder recorder, Target target) {
        var report = recorder.forget(new Forgetting(SPACE, target, "asked for"), false).join();
        assertThat(report.touched().get("assertions")).isGreaterThanOrEqualTo(FACTS);
        return report;
    }

    private static Path export(Database database, Path file) throws Exception {
        try (var out = Files.newOutputStream(file)) {
            new Backup(database.dataSource()).write(SPACE, out, Instant.EPOCH);
        }
        return file;
    }

    /// What is believed in the space.
    private static long count(Database database) throws Exception {
        try (var connection = database.dataSource().getConnection();
                var query =
                        connection.prepareStatement(
                                "select count(*) from fact_version v join space s on s.no = v.space"
                                        + " where s.id = 'large' and not s.forgotten");
                var row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /// Prints what it took: wall time, CPU time of this process and of the database, the most heap
    /// that was in use, and what others had to bear.
    private static <T> T measure(String what, PgRecorder recorder, Callable<T> step)
            throws Exception {
        System.gc();
        var heap =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .toList();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        var own = cpu();
        var database = databaseCpu();
        var others = new Others(recorder);
        long begun = System.nanoTime();
        T done = step.call();
        long ended = System.nanoTime();
        others.stop();
        System.out.printf(
                Locale.ROOT,
                "%-26s %,d facts: %.1f s, CPU %.1f s, of the database %.1f s, at most %,d MB of heap;"
                        + " others waited %.1f s at most, were turned away %d times, for %.1f s%n",
                what,
                FACTS,
                (ended - begun) / 1e9,
                cpu().minus(own).toMillis() / 1e3,
                databaseCpu().minus(database).toMillis() / 1e3,
                heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() >> 20,
                others.longestWait / 1e9,
                others.turnedAway,
                others.longestRefusal / 1e9);
        return done;
    }

    /// Somebody who writes in another space all the while, one fact after the other.
    private static final class Others {
        private final PgRecorder recorder;
        private final Thread thread;
        private volatile boolean stopping;

        /// What is told of it when it has stopped.
        private long longestWait;

        private long longestRefusal;
        private int turnedAway;

        Others(PgRecorder recorder) {
            this.recorder = recorder;
            this.thread = Thread.ofVirtual().start(this::run);
        }

        private void run() {
            long refused = 0;
            for (int number = 0; !stopping; number++) {
                long begun = System.nanoTime();
                try {
                    var said = says("n-" + number, "is", new Value.Text("there"), "them");
                    var items = List.of(WriteItem.now(said));
                    recorder.record(new WriteRequest(OTHER, items, false, Optional.empty())).join();
                    refused = 0;
                } catch (CompletionException e) {
                    refused = refused == 0 ? begun : refused;
                    longestRefusal = Math.max(longestRefusal, System.nanoTime() - refused);
                    turnedAway++;
                }
                longestWait = Math.max(longestWait, System.nanoTime() - begun);
                LockSupport.parkNanos(BETWEEN_WRITES.toNanos());
            }
        }

        void stop() throws InterruptedException {
            stopping = true;
            thread.join();
        }
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /// Of those of its processes that live; what serves a connection lives as long as that.
    private static Duration databaseCpu() {
        return ProcessHandle.current()
                .descendants()
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
