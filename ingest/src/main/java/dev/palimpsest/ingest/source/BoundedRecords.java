package dev.palimpsest.ingest.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Goes through the bytes of a table record by record: a line feed within quotes does not end one.
final class BoundedRecords implements Closeable {

    private static final int CHUNK = 64 * 1024;

    private enum Quoting {
        /// At the start of a cell: a quote here opens one.
        BEFORE,
        /// Within a cell that has no quotes, or after its closing one.
        OUTSIDE,
        INSIDE
    }

    private final InputStream in;
    private final int delimiter;
    private final int longest;
    private final byte[] chunk = new byte[CHUNK];
    private int start;
    private int end;
    private byte[] record = new byte[CHUNK];
    private int length;
    private boolean tooLong;
    private Quoting quoting = Quoting.BEFORE;
    private long line;
    private long feeds;

    BoundedRecords(InputStream in, char delimiter, int longest) {
        this.in = in;
        this.delimiter = delimiter;
        this.longest = longest;
    }

    /// Goes to the next record that is not blank.
    ///
    /// @return false at the end
    boolean advance() throws IOException {
        do {
            if (!read()) {
                return false;
            }
        } while (length == 0 && !tooLong);
        return true;
    }

    /// The line the record at hand begins in, from 1.
    long line() {
        return line;
    }

    /// The record at hand without the end of its line, cut short if it is too long.
    byte[] bytes() {
        return Arrays.copyOf(record, length);
    }

    /// Whether there was more of the record than is kept. Where a quote is open, too, reading
    /// stops.
    boolean tooLong() {
        return tooLong;
    }

    /// Whether the record at hand ended within quotes.
    boolean isOpen() {
        return quoting == Quoting.INSIDE;
    }

    private boolean read() throws IOException {
        length = 0;
        tooLong = false;
        quoting = Quoting.BEFORE;
        line = feeds + 1;
        boolean any = false;
        while (fill()) {
            any = true;
            byte next = chunk[start++];
            if (next == '\n') {
                feeds++;
            }
            if (next == '\n' && quoting != Quoting.INSIDE) {
                break;
            }
            quoting = after(next);
            keep(next);
            if (tooLong && isOpen()) {
                break;
            }
        }
        if (length > 0 && record[length - 1] == '\r') {
            length--;
        }
        return any;
    }

    private Quoting after(byte next) {
        if (next == '"') {
            return switch (quoting) {
                case BEFORE -> Quoting.INSIDE;
                case INSIDE -> Quoting.BEFORE; // a second one right after it opens again
                case OUTSIDE -> Quoting.OUTSIDE;
            };
        }
        if (quoting == Quoting.INSIDE) {
            return Quoting.INSIDE;
        }
        return next == delimiter ? Quoting.BEFORE : Quoting.OUTSIDE;
    }

    private void keep(byte next) {
        if (length == longest) {
            tooLong = true;
            return;
        }
        if (length == record.length) {
            record = Arrays.copyOf(record, Math.min(longest, 2 * length));
        }
        record[length++] = next;
    }

    private boolean fill() throws IOException {
        if (start < end) {
            return true;
        }
        start = 0;
        end = Math.max(in.read(chunk), 0);
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
