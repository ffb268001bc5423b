package dev.palimpsest.api.command;

import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// How far a long task has come, on standard error: a bar where somebody watches, a line now and
/// then elsewhere.
public final class Progress implements AutoCloseable {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final String ERASED_LINE = "\u001b[2K\r";

    private interface Shown extends AutoCloseable {
        void step(long done, long items);

        void say(String line);

        @Override
        void close();
    }

    private final Shown shown;

    private Progress(Shown shown) {
        this.shown = shown;
    }

    /// Of a file.
    ///
    /// @param task in a word
    /// @param size of the file in bytes; 0 if nobody knows
    /// @param items what is counted beside, such as `lines`
    public static Progress ofFile(String task, long size, String items) {
        return new Progress(
                Terminal.isWatched()
                        ? new Bar(task, size, " MB", 1 << 20)
                        : new Lines(task, size, items));
    }

    /// Of things that are counted.
    ///
    /// @param task in a word
    /// @param all how many there are
    /// @param items what they are called
    public static Progress ofItems(String task, long all, String items) {
        return new Progress(
                Terminal.isWatched()
                        ? new Bar(task, all, " " + items, 1)
                        : new Lines(task, all, items));
    }

    /// @param done of what makes up the whole: bytes or items
    /// @param items how many items that are
    public void step(long done, long items) {
        shown.step(done, items);
    }

    /// Prints a line beside the progress.
    public void say(String line) {
        shown.say(line);
    }

    @Override
    public void close() {
        shown.close();
    }

    private static final class Bar implements Shown {
        private final ProgressBar bar;

        Bar(String task, long all, String unit, long unitSize) {
            bar =
                    new ProgressBarBuilder()
                            .setTaskName(task)
                            .setInitialMax(all == 0 ? -1 : all)
                            .setUnit(unit, unitSize)
                            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                            .setUpdateIntervalMillis(200)
                            .build();
        }

        @Override
        public void step(long done, long items) {
            bar.stepTo(done);
        }

        @Override
        public void say(String line) {
            System.err.println(ERASED_LINE + line);
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    private static final class Lines implements Shown {
        private final String task;
        private final long all;
        private final String items;
        private long last = System.nanoTime();

        Lines(String task, long all, String items) {
            this.task = task;
            this.all = all;
            this.items = items;
        }

        @Override
        public void step(long done, long count) {
            if (System.nanoTime() - last > BETWEEN_LINES.toNanos()) {
                last = System.nanoTime();
                var share = all == 0 ? "" : ", " + 100 * done / all + " %";
                say(String.format(Locale.ROOT, "%s: %,d %s%s", task, count, items, share));
            }
        }

        @Override
        public void say(String line) {
            System.err.println(line);
        }

        @Override
        public void close() {
            // Nothing is held: each line was complete.
        }
    }
}
