package dev.palimpsest.api.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/// Changes an input a little, as chance has it.
final class Mutations {

    private static final int LARGEST = 256 * 1024;

    private static final List<String> WORDS =
            List.of(
                    "\"",
                    "{",
                    "}",
                    "[",
                    "]",
                    ":",
                    ",",
                    "\\u0000",
                    "\\ud800",
                    "\u0000",
                    "\uD83D\uDE00",
                    "\u202E",
                    "1e999999999",
                    "-1e-999999999",
                    "9223372036854775808",
                    "NaN",
                    "null",
                    "-9999-01-01T00:00:00Z",
                    "+999999999-12-31T23:59:59Z",
                    "9999-12-31",
                    "P9999999999D",
                    "PT-1S",
                    "0000",
                    "31 February",
                    "99999999999 years ago",
                    "\n",
                    "\r\n",
                    "\t",
                    "<",
                    "&#0;",
                    "<![CDATA[",
                    "(",
                    ")",
                    ".",
                    "'",
                    "__",
                    "180.0000001",
                    "-0.0",
                    "unknown",
                    "\u00FF");

    private final Random random;

    Mutations(Random random) {
        this.random = random;
    }

    byte[] of(byte[] seed, byte[] other) {
        byte[] bytes = seed;
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes = once(bytes, other);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes, byte[] other) {
        int at = random.nextInt(bytes.length + 1);
        int until = Math.min(bytes.length, at + random.nextInt(1, 30));
        return switch (random.nextInt(8)) {
            case 0 ->
                    joined(
                            bytes,
                            at,
                            new byte[] {(byte) random.nextInt(256)},
                            Math.min(bytes.length, at + 1));
            case 1 -> joined(bytes, at, new byte[0], until);
            case 2, 3 -> joined(bytes, at, word(), at);
            case 4 -> joined(bytes, at, word(), until);
            case 5 -> joined(bytes, at, other, bytes.length);
            case 6 -> repeated(bytes, at, until);
            default -> joined(bytes, at, Integer.toString(random.nextInt()).getBytes(UTF_8), until);
        };
    }

    private byte[] word() {
        return WORDS.get(random.nextInt(WORDS.size())).getBytes(UTF_8);
    }

    private byte[] repeated(byte[] bytes, int at, int until) {
        var part = new ByteArrayOutputStream();
        int times = 1 << random.nextInt(13);
        for (int i = 0; i < times && part.size() < LARGEST; i++) {
            part.write(bytes, at, until - at);
        }
        return joined(bytes, at, part.toByteArray(), until);
    }

    /// What stands before `at`, `middle`, and what stands from `until` on.
    private static byte[] joined(byte[] bytes, int at, byte[] middle, int until) {
        var whole = new ByteArrayOutputStream();
        whole.write(bytes, 0, at);
        whole.writeBytes(middle);
        whole.write(bytes, until, bytes.length - until);
        return whole.size() > LARGEST ? bytes : whole.toByteArray();
    }
}
