package dev.palimpsest.api.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// All parsers as Jazzer meets them: the first byte of an input says which is to read the others.
public final class ParserFuzzer {

    /// No input of the size that is tried may take more of a processor to read.
    static final Duration LONGEST_READ = Duration.ofSeconds(3);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final List<FuzzedParser> PARSERS = List.of(FuzzedParser.values());

    private ParserFuzzer() {}

    /// Called by Jazzer before the first input: reads everything once, for loading and
    /// instrumenting classes is no reading.
    public static void fuzzerInitialize() {
        PARSERS.forEach(
                parser -> parser.seeds.forEach(seed -> parser.tryToRead(seed.getBytes(UTF_8))));
    }

    /// Called by Jazzer with each input.
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0) {
            var parser = PARSERS.get(Byte.toUnsignedInt(input[0]) % PARSERS.size());
            read(parser, Arrays.copyOfRange(input, 1, input.length));
        }
    }

    /// The input that has that parser read `text`.
    static byte[] input(FuzzedParser parser, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return ByteBuffer.allocate(bytes.length + 1)
                .put((byte) PARSERS.indexOf(parser))
                .put(bytes)
                .array();
    }

    /// Reads, and complains if it takes too long.
    static void read(FuzzedParser parser, byte[] input) {
        long began = THREADS.getCurrentThreadCpuTime();
        parser.tryToRead(input);
        var took = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - began);
        if (took.compareTo(LONGEST_READ) > 0) {
            throw new IllegalStateException(
                    parser + " took " + took.toMillis() + " ms to read " + input.length + " bytes");
        }
    }
}
