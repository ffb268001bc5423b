package dev.palimpsest.ingest.source;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/// What a packed stream holds, unpacked as it is read: gzip and zstd are known by their first
/// bytes, anything else is taken as it is. What grows too much is refused.
final class Unpacked extends FilterInputStream {

    /// The most bytes anything may unpack to.
    static final long MOST_BYTES = 64L << 30;

    /// How many times its size anything may unpack to, once it is more than [#FREE_BYTES].
    static final long MOST_RATIO = 200;

    static final long FREE_BYTES = 64L << 20;

    /// A frame of zstd may ask for a window of 128 MB, and no more.
    private static final int LARGEST_WINDOW = 27;

    private static final int HEAD = 4;
    private static final int CHUNK = 64 * 1024;

    private final CountedBytes packed;
    private long unpacked;

    private Unpacked(InputStream in, CountedBytes packed) {
        super(in);
        this.packed = packed;
    }

    /// What cannot be unpacked, and why.
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String why, Throwable cause) {
            super(why, cause);
        }

        Refused(String why) {
            super(why);
        }
    }

    /// @throws Refused if it is packed otherwise, or damaged
    static InputStream of(InputStream raw) throws IOException {
        var counted = new CountedBytes(raw);
        var in = new BufferedInputStream(counted, CHUNK);
        in.mark(HEAD);
        var head = HexFormat.of().formatHex(in.readNBytes(HEAD));
        in.reset();
        try {
            if (head.startsWith("1f8b")) {
                return new Unpacked(new GZIPInputStream(in, CHUNK), counted);
            }
            if (head.equals("28b52ffd")) {
                return new Unpacked(zstd(in), counted);
            }
        } catch (IOException e) {
            throw damaged(e);
        }
        if (head.startsWith("504b0304") || head.startsWith("425a68") || head.equals("fd377a58")) {
            throw new Refused("is packed otherwise than with gzip or zstd; unpack it before");
        }
        return in;
    }

    private static InputStream zstd(InputStream in) throws IOException {
        var zstd = new ZstdInputStreamNoFinalizer(in);
        try {
            zstd.setLongMax(LARGEST_WINDOW);
            return zstd;
        } catch (IOException e) {
            zstd.close();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count;
        try {
            count = in.read(into, offset, length);
        } catch (IOException e) {
            throw damaged(e);
        }
        unpacked += Math.max(0, count);
        if (unpacked > MOST_BYTES) {
            throw new Refused("unpacks to more than " + MOST_BYTES + " bytes");
        }
        if (unpacked > FREE_BYTES && unpacked / MOST_RATIO > packed.count()) {
            throw new Refused(
                    "unpacks to more than "
                            + MOST_RATIO
                            + " times its size, which only what is meant to do harm does; unpack"
                            + " it before if it is not");
        }
        return count;
    }

    private static Refused damaged(IOException e) {
        return new Refused("cannot be unpacked: " + e.getMessage(), e);
    }
}
