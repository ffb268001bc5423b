package dev.palimpsest.api.route;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Bytes handed on no further than to the end of a line at a time, and hashed as they go: whoever
/// took a line knows the hash of just what was taken, however the bytes came over the network.
final class HashedLines extends InputStream {

    private static final int CHUNK = 64 * 1024;

    private final InputStream in;
    private final byte[] reading;
    private final MessageDigest digest = RequestBody.sha256();
    private final byte[] chunk = new byte[CHUNK];
    private int start;
    private int end;

    /// @param reading how the lines are read: part of each hash, so that the same bytes read
    ///   otherwise are another request
    HashedLines(InputStream in, String reading) {
        this.in = in;
        this.reading = reading.getBytes(StandardCharsets.UTF_8);
    }

    /// The SHA-256 of the bytes read since the last call, and of how they are read, in hexadecimal.
    String hashSinceLast() {
        digest.update(reading);
        return RequestBody.hex(digest.digest());
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (start == end) {
            start = 0;
            end = Math.max(in.read(chunk, 0, CHUNK), 0);
        }
        if (start == end) {
            return -1;
        }
        int count = 0;
        int most = Math.min(length, end - start);
        while (count < most) {
            count++;
            if (chunk[start + count - 1] == '\n') {
                break;
            }
        }
        System.arraycopy(chunk, start, into, offset, count);
        digest.update(chunk, start, count);
        start += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
