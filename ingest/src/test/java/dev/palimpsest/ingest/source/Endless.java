package dev.palimpsest.ingest.source;

import java.io.InputStream;
import java.util.Arrays;

/// So many times the same byte, made as they are read.
final class Endless extends InputStream {

    private final char what;
    private long left;

    Endless(char what, long count) {
        this.what = what;
        this.left = count;
    }

    @Override
    public int read() {
        return left-- > 0 ? what : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (left <= 0) {
            return -1;
        }
        int count = (int) Math.min(length, left);
        Arrays.fill(into, offset, offset + count, (byte) what);
        left -= count;
        return count;
    }
}
