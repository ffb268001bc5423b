package dev.palimpsest.query.index.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// The first rows in an order, as they are met one by one: by a key, the smaller the better; then
/// by what starts later, where the order says so; then by the later id.
final class FirstRows {

    private static final Comparator<Met> FIRST_FIRST =
            Comparator.comparingDouble(Met::key)
                    .thenComparing(Comparator.comparingLong(Met::start).reversed())
                    .thenComparing(Comparator.comparingLong(Met::idHigh).reversed())
                    .thenComparing(Comparator.comparingLong(Met::idLow).reversed());

    private final int most;
    private final PriorityQueue<Met> lastFirst = new PriorityQueue<>(FIRST_FIRST.reversed());

    /// A row that was met.
    record Met(double key, long start, Selector.Selected segment, int document) {

        long idHigh() {
            return segment.columns().idHigh()[document];
        }

        /// Read when it is asked for: few rows are equal in all else.
        long idLow() {
            try {
                return StoredRows.number(segment.leaf().reader(), Fields.ID_LOW, document);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    FirstRows(int limit) {
        this.most = limit;
    }

    /// A row with a larger key cannot be among the first any more.
    double largestKey() {
        return isFull() ? worst().key : Double.POSITIVE_INFINITY;
    }

    /// A row with the largest key and an earlier start cannot be among the first any more.
    long earliestStart() {
        return isFull() ? worst().start : Long.MIN_VALUE;
    }

    private boolean isFull() {
        return lastFirst.size() == most;
    }

    private Met worst() {
        return lastFirst.element();
    }

    void meet(double key, long start, Selector.Selected segment, int document) {
        if (isFull()) {
            Met worst = worst();
            if (key > worst.key || (key == worst.key && start < worst.start)) {
                return;
            }
        }
        var met = new Met(key, start, segment, document);
        if (!isFull()) {
            lastFirst.add(met);
        } else if (FIRST_FIRST.compare(met, worst()) < 0) {
            lastFirst.remove();
            lastFirst.add(met);
        }
    }

    /// All that were kept, the first first.
    List<Met> sorted() {
        var sorted = new ArrayList<>(lastFirst);
        sorted.sort(FIRST_FIRST);
        return sorted;
    }
}
