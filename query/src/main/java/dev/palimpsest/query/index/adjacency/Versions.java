package dev.palimpsest.query.index.adjacency;

import dev.palimpsest.model.RowId;
import dev.palimpsest.time.Position;
import java.util.Arrays;
import java.util.UUID;

/// Fact versions as columns: which row, when it holds, when it was recorded. Found again by row id,
/// through a hash table without boxes. Versions are added and dropped, their numbers never reused;
/// else only the end of the recorded stretch ever changes, once.
final class Versions {

    static final int ABSENT = -1;

    private static final int FIRST = 64;

    /// No position is so late.
    private static final long DROPPED = Long.MAX_VALUE;

    private int size;
    private int dropped;
    private long[] rowHigh = new long[FIRST];
    private long[] rowLow = new long[FIRST];
    private long[] validFrom = new long[FIRST];
    private long[] validSureUntil = new long[FIRST];
    private long[] validUntil = new long[FIRST];
    private long[] fromPosition = new long[FIRST];
    private long[] untilPosition = new long[FIRST];
    private int[] slots = emptySlots(FIRST * 2);

    int size() {
        return size;
    }

    /// How many are not dropped.
    int live() {
        return size - dropped;
    }

    /// The number of a version, or [#ABSENT].
    int find(RowId row) {
        return slots[
                slotOf(
                        row.value().getMostSignificantBits(),
                        row.value().getLeastSignificantBits())];
    }

    /// Adds a version that is not there yet, and gives it the next number.
    int add(Arc version) {
        ensureRoom();
        int number = size++;
        rowHigh[number] = version.row().value().getMostSignificantBits();
        rowLow[number] = version.row().value().getLeastSignificantBits();
        validFrom[number] = version.validFrom();
        validSureUntil[number] = version.validSureUntil();
        validUntil[number] = version.validUntil();
        fromPosition[number] = version.fromPosition();
        untilPosition[number] = version.untilPosition();
        slots[slotOf(rowHigh[number], rowLow[number])] = number;
        return number;
    }

    /// Closes a version where a newer image says so; an older image changes nothing.
    void close(int number, long until) {
        untilPosition[number] = Math.min(untilPosition[number], until);
    }

    /// Forgets what a version says; no position sees it any more. Its id stays as a place in the
    /// table.
    void drop(int number) {
        dropped += isDropped(number) ? 0 : 1;
        validFrom[number] = 0;
        validSureUntil[number] = 0;
        validUntil[number] = 0;
        fromPosition[number] = DROPPED;
        untilPosition[number] = DROPPED;
    }

    boolean isDropped(int number) {
        return fromPosition[number] == DROPPED;
    }

    RowId row(int number) {
        return new RowId(new UUID(rowHigh[number], rowLow[number]));
    }

    long validFrom(int number) {
        return validFrom[number];
    }

    long validSureUntil(int number) {
        return validSureUntil[number];
    }

    long validUntil(int number) {
        return validUntil[number];
    }

    long fromPosition(int number) {
        return fromPosition[number];
    }

    long untilPosition(int number) {
        return untilPosition[number];
    }

    boolean visibleAt(int number, Position at) {
        return fromPosition[number] <= at.number() && at.number() < untilPosition[number];
    }

    /// Bits of the row id, mixed: the same wherever the version is.
    long seed(int number) {
        return rowHigh[number] * 0x9E37_79B9_7F4A_7C15L + rowLow[number];
    }

    /// By row id, which is the order they were recorded in.
    int compare(int number, int other) {
        int high = Long.compareUnsigned(rowHigh[number], rowHigh[other]);
        return high != 0 ? high : Long.compareUnsigned(rowLow[number], rowLow[other]);
    }

    private void ensureRoom() {
        if (size == rowHigh.length) {
            int length = size * 2;
            rowHigh = Arrays.copyOf(rowHigh, length);
            rowLow = Arrays.copyOf(rowLow, length);
            validFrom = Arrays.copyOf(validFrom, length);
            validSureUntil = Arrays.copyOf(validSureUntil, length);
            validUntil = Arrays.copyOf(validUntil, length);
            fromPosition = Arrays.copyOf(fromPosition, length);
            untilPosition = Arrays.copyOf(untilPosition, length);
            slots = emptySlots(length * 2);
            for (int number = 0; number < size; number++) {
                slots[slotOf(rowHigh[number], rowLow[number])] = number;
            }
        }
    }

    private int slotOf(long high, long low) {
        int slot = Long.hashCode((high ^ low) * 0x9E37_79B9_7F4A_7C15L) & (slots.length - 1);
        while (slots[slot] != ABSENT
                && (rowHigh[slots[slot]] != high || rowLow[slots[slot]] != low)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private static int[] emptySlots(int length) {
        var slots = new int[length];
        Arrays.fill(slots, ABSENT);
        return slots;
    }
}
