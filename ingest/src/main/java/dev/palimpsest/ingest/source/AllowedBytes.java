package dev.palimpsest.ingest.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A stream that gives only as many bytes as were allowed last.
final class AllowedBytes extends FilterInputStream {

    /// More was asked for than was allowed.
    static final class Exceeded extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private long allowed;

    AllowedBytes(InputStream in) {
        super(in);
    }

    void allow(long bytes) {
        allowed = bytes;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        take(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        take(Math.max(count, 0));
        return count;
    }

    private void take(int count) throws Exceeded {
        allowed -= count;
        if (allowed < 0) {
            throw new Exceeded();
        }
    }
}
