package dev.palimpsest.ingest.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Goes through bytes line by line, keeping at most so many of each.
final class BoundedLines implements Closeable {

    private static final int CHUNK = 64 * 1024;

    private final InputStream in;
    private final int longest;
    private final byte[] chunk = new byte[CHUNK];
    private int start;
    private int end;
    private long number;
    private byte[] line = new byte[CHUNK];
    private int length;
    private boolean tooLong;

    BoundedLines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /// Goes to the next line that is not blank.
    ///
    /// @return false at the end
    boolean advance() throws IOException {
        do {
            if (!readLine()) {
                return false;
            }
        } while (isBlank());
        return true;
    }

    /// Goes to the next line, be it blank.
    ///
    /// @return false at the end
    boolean advanceToAny() throws IOException {
        return readLine();
    }

    /// Of the line at hand, from 1; blank lines count.
    long number() {
        return number;
    }

    /// The line at hand without its line feed, cut short if it is too long.
    byte[] bytes() {
        return Arrays.copyOf(line, length);
    }

    /// Whether there was more of the line than is kept.
    boolean tooLong() {
        return tooLong;
    }

    private boolean readLine() throws IOException {
        length = 0;
        tooLong = false;
        boolean any = false;
        while (fill()) {
            any = true;
            int feed = start;
            while (feed < end && chunk[feed] != '\n') {
                feed++;
            }
            keep(feed - start);
            boolean ended = feed < end;
            start = ended ? feed + 1 : feed;
            if (ended) {
                break;
            }
        }
        number += any ? 1 : 0;
        return any;
    }

    /// Whether there is anything left of the chunk, or of the bytes after it.
    private boolean fill() throws IOException {
        if (start < end) {
            return true;
        }
        start = 0;
        end = Math.max(in.read(chunk), 0);
        return end > 0;
    }

    private void keep(int count) {
        if (tooLong || length + count > longest) {
            tooLong = true;
            return;
        }
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(length + count, 2 * line.length));
        }
        System.arraycopy(chunk, start, line, length, count);
        length += count;
    }

    private boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
                return false;
            }
        }
        return !tooLong;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
