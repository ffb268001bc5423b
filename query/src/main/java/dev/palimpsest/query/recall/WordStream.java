package dev.palimpsest.query.recall;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Texts as numbers of words, one after the other in few bytes: frequent words were met first and
/// have small numbers.
final class WordStream {

    private static final int CHUNK = 1 << 18;
    private static final int SEVEN_BITS = 0x7f;
    private static final int MORE = 0x80;
    private static final int LONGEST_NUMBER = 5;

    private final List<byte[]> chunks = new ArrayList<>();
    private int used = CHUNK;

    /// Adds a text.
    ///
    /// @return where it is
    int add(Written text) {
        int most = (text.length() + 1) * LONGEST_NUMBER;
        if (most > CHUNK) {
            throw new IllegalArgumentException(
                    "a text of " + text.length() + " words is too long to be kept");
        }
        if (used + most > CHUNK) {
            chunks.add(new byte[CHUNK]);
            used = 0;
        }
        byte[] chunk = chunks.getLast();
        int at = Math.addExact(Math.multiplyExact(chunks.size() - 1, CHUNK), used);
        put(chunk, text.length());
        for (int place = 0; place < text.length(); place++) {
            put(chunk, (text.word(place) << 1) | (text.isCapital(place) ? 1 : 0));
        }
        return at;
    }

    private void put(byte[] chunk, int number) {
        int left = number;
        while ((left & ~SEVEN_BITS) != 0) {
            chunk[used++] = (byte) ((left & SEVEN_BITS) | MORE);
            left >>>= Integer.bitCount(SEVEN_BITS);
        }
        chunk[used++] = (byte) left;
    }

    /// The text that was put there.
    Written at(int where) {
        var reader = new Reader(chunks.get(where / CHUNK), where % CHUNK);
        int[] words = new int[reader.next()];
        boolean[] capitals = new boolean[words.length];
        for (int place = 0; place < words.length; place++) {
            int number = reader.next();
            words[place] = number >>> 1;
            capitals[place] = (number & 1) != 0;
        }
        return new Written(words, capitals);
    }

    /// Makes a text one without words.
    void erase(int where) {
        byte[] chunk = chunks.get(where / CHUNK);
        int from = where % CHUNK;
        var reader = new Reader(chunk, from);
        for (int left = reader.next(); left > 0; left--) {
            reader.next();
        }
        Arrays.fill(chunk, from, reader.at, (byte) 0);
    }

    private static final class Reader {
        private final byte[] chunk;
        private int at;

        Reader(byte[] chunk, int at) {
            this.chunk = chunk;
            this.at = at;
        }

        int next() {
            int number = 0;
            int shift = 0;
            byte part;
            do {
                part = chunk[at++];
                number |= (part & SEVEN_BITS) << shift;
                shift += Integer.bitCount(SEVEN_BITS);
            } while ((part & MORE) != 0);
            return number;
        }
    }
}
