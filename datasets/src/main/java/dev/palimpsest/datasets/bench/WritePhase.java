package dev.palimpsest.datasets.bench;

import static dev.palimpsest.datasets.bench.Figures.microseconds;
import static dev.palimpsest.datasets.bench.Figures.milliseconds;
import static dev.palimpsest.datasets.bench.Figures.perSecond;
import static dev.palimpsest.datasets.bench.Figures.seconds;
import static java.util.Locale.ROOT;

import dev.palimpsest.query.index.Followers;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/// A swarm let loose on a store, with what it cost until the last answer, and until all could be
/// found.
///
/// @param rowsOfAPost how many rows each post had
/// @param answered CPU time of store and database from the first post to the last answer
/// @param backlog positions by which projections lay behind at the last answer
/// @param found from the first post until all rows could be found by everything but meaning
/// @param foundCpu CPU time of store and database in that time
/// @param disk what the disk could do before and after
record WritePhase(
        int rowsOfAPost,
        Swarm.Report swarm,
        CpuTime answered,
        Map<String, Long> backlog,
        Duration found,
        CpuTime foundCpu,
        Disk disk) {

    private static final String MEANING = "vectors";

    /// `fdatasync` per second.
    record Disk(double before, double after) {}

    /// @param held let go at the last answer
    static WritePhase run(
            BenchStore store,
            Swarm swarm,
            Swarm.RowSource rows,
            int rowsOfAPost,
            Duration time,
            Followers.Held held)
            throws IOException, InterruptedException {
        double diskBefore = DiskRate.perSecond(store.folder());
        var cpu = CpuTime.now();
        long begin = System.nanoTime();
        Swarm.Report report;
        CpuTime answered;
        Map<String, Long> backlog;
        try (held) {
            report = swarm.post(rows, time);
            answered = CpuTime.now().since(cpu).without(report.clientCpu());
            backlog = store.backlog();
        }
        store.requireCaughtUp(MEANING);
        var found = Duration.ofNanos(System.nanoTime() - begin);
        var foundCpu = CpuTime.now().since(cpu).without(report.clientCpu());
        var disk = new Disk(diskBefore, DiskRate.perSecond(store.folder()));
        return new WritePhase(rowsOfAPost, report, answered, backlog, found, foundCpu, disk);
    }

    void printLines() {
        long rows = swarm.posts() * rowsOfAPost;
        System.out.printf(
                ROOT,
                "  written  %,d rows in %.1f s: %,.0f rows/s; %,d posts turned away (429) and made"
                        + " again, %,d failed%n",
                rows,
                seconds(swarm.took()),
                perSecond(rows, swarm.took()),
                swarm.turnedAway(),
                swarm.failures());
        swarm.firstFailure()
                .ifPresent(why -> System.out.printf(ROOT, "  failed   the first: %s%n", why));
        System.out.printf(
                ROOT,
                "  answers  mean %.1f ms, p50 %.1f, p99 %.1f%n",
                milliseconds(swarm.answers().mean()),
                milliseconds(swarm.answers().percentile(.5)),
                milliseconds(swarm.answers().percentile(.99)));
        System.out.printf(
                ROOT,
                "  CPU      %.0f us a row until the last answer (program %.0f, database %.0f);"
                        + " the clients' %.0f us are left out%n",
                microseconds(answered.total(), rows),
                microseconds(answered.program(), rows),
                microseconds(answered.database(), rows),
                microseconds(swarm.clientCpu(), rows));
        System.out.printf(
                ROOT,
                "  disk     %,.0f fdatasync/s before, %,.0f after%n",
                disk.before(),
                disk.after());
        System.out.printf(
                ROOT, "  backlog  positions at the last answer: %s%n", Figures.list(backlog));
        System.out.printf(
                ROOT,
                "  visible  all searchable %.1f s after the last answer: %,.0f rows/s since the first"
                        + " post, %.0f us CPU a row in all%n",
                seconds(found.minus(swarm.took())),
                perSecond(rows, found),
                microseconds(foundCpu.total(), rows));
    }
}
