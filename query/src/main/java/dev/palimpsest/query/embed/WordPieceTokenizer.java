package dev.palimpsest.query.embed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Cuts text into the word pieces an uncased BERT model was trained on: control characters dropped,
/// Chinese characters and punctuation set apart, accents stripped, lower case, then the longest
/// piece the vocabulary knows, again and again.
///
/// Text that spells a special piece such as `[SEP]` is cut like any other text, so that nobody can
/// write a control piece into a memory.
final class WordPieceTokenizer {

    /// Words longer than this are unknown; BERT was trained so.
    private static final int MAX_WORD_CHARS = 100;

    /// Characters looked at for each piece that is asked for: bounds the work on endless text.
    private static final int MAX_CHARS_PER_PIECE = 128;

    private final Map<String, Integer> pieces;
    private final int longestPiece;
    private final int unknown;
    private final int start;
    private final int stop;

    WordPieceTokenizer(Map<String, Integer> vocabulary) {
        this.pieces = Map.copyOf(vocabulary);
        this.longestPiece = pieces.keySet().stream().mapToInt(String::length).max().orElseThrow();
        this.unknown = special("[UNK]");
        this.start = special("[CLS]");
        this.stop = special("[SEP]");
    }

    /// Reads the vocabulary of a `tokenizer.json`: the object `model.vocab`, piece to number.
    static WordPieceTokenizer read(InputStream json) throws IOException {
        try (var parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME
                        && "vocab".equals(parser.currentName())) {
                    parser.nextToken();
                    var vocabulary = new HashMap<String, Integer>(1 << 16);
                    for (String piece = parser.nextFieldName();
                            piece != null;
                            piece = parser.nextFieldName()) {
                        vocabulary.put(piece, parser.nextIntValue(-1));
                    }
                    return new WordPieceTokenizer(vocabulary);
                }
            }
        }
        throw new IOException("tokenizer.json holds no vocabulary");
    }

    /// The numbers of the pieces of `text`, between the start and the stop piece, at most `limit`
    /// in all; what is beyond is cut off.
    int[] pieces(String text, int limit) {
        var out = new Pieces(limit - 1);
        out.add(start);
        var word = new StringBuilder();
        int end = (int) Math.min(text.length(), (long) limit * MAX_CHARS_PER_PIECE);
        for (int i = 0; i < end && !out.isFull(); ) {
            int next = i;
            while (next < end && !isBreak(text.codePointAt(next))) {
                next += Character.charCount(text.codePointAt(next));
            }
            if (next > i) {
                addWords(text.substring(i, Math.min(next, end)), word, out);
            }
            i = next < end ? next + Character.charCount(text.codePointAt(next)) : end;
        }
        return out.closedBy(stop);
    }

    /// Cuts a stretch without blanks into words, and each word into pieces.
    private void addWords(String stretch, StringBuilder word, Pieces out) {
        String plain = Normalizer.normalize(stretch, Normalizer.Form.NFD);
        for (int i = 0; i < plain.length() && !out.isFull(); ) {
            int c = plain.codePointAt(i);
            i += Character.charCount(c);
            if (isDropped(c)) {
                continue;
            }
            if (isPunctuation(c) || isChinese(c)) {
                addWord(word, out);
                word.appendCodePoint(c);
                addWord(word, out);
            } else {
                word.appendCodePoint(Character.toLowerCase(c));
            }
        }
        addWord(word, out);
    }

    /// Adds the pieces of one word, longest first, or "unknown" when some part of it has none.
    private void addWord(StringBuilder word, Pieces out) {
        if (word.isEmpty()) {
            return;
        }
        String text = word.toString();
        word.setLength(0);
        if (text.codePointCount(0, text.length()) > MAX_WORD_CHARS) {
            out.add(unknown);
            return;
        }
        int before = out.size();
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(text.length(), from + longestPiece) + 1;
            Integer piece = null;
            while (piece == null && to > from + 1) {
                to--;
                String part = text.substring(from, to);
                piece = pieces.get(from == 0 ? part : "##" + part);
            }
            if (piece == null) {
                out.cutTo(before);
                out.add(unknown);
                return;
            }
            out.add(piece);
            from = to;
        }
    }

    private int special(String name) {
        Integer piece = pieces.get(name);
        if (piece == null) {
            throw new IllegalArgumentException("the vocabulary lacks " + name);
        }
        return piece;
    }

    private static boolean isBreak(int c) {
        return c == '\t' || c == '\n' || c == '\r' || Character.isSpaceChar(c);
    }

    /// Control, format and private characters, the replacement character, and accents.
    private static boolean isDropped(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.NON_SPACING_MARK ->
                    true;
            default -> c == 0xFFFD;
        };
    }

    private static boolean isPunctuation(int c) {
        boolean ascii =
                (c >= '!' && c <= '/')
                        || (c >= ':' && c <= '@')
                        || (c >= '[' && c <= '`')
                        || (c >= '{' && c <= '~');
        return ascii
                || switch (Character.getType(c)) {
                    case Character.CONNECTOR_PUNCTUATION,
                            Character.DASH_PUNCTUATION,
                            Character.START_PUNCTUATION,
                            Character.END_PUNCTUATION,
                            Character.INITIAL_QUOTE_PUNCTUATION,
                            Character.FINAL_QUOTE_PUNCTUATION,
                            Character.OTHER_PUNCTUATION ->
                            true;
                    default -> false;
                };
    }

    /// The blocks BERT sets apart: ideographs, not kana and not Hangul.
    private static boolean isChinese(int c) {
        return (c >= 0x4E00 && c <= 0x9FFF)
                || (c >= 0x3400 && c <= 0x4DBF)
                || (c >= 0x20000 && c <= 0x2A6DF)
                || (c >= 0x2A700 && c <= 0x2CEAF)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0x2F800 && c <= 0x2FA1F);
    }

    /// A growing list of numbers that takes no more than its limit.
    private static final class Pieces {
        private final int limit;
        private int[] numbers = new int[64];
        private int size;

        Pieces(int limit) {
            this.limit = limit;
        }

        int size() {
            return size;
        }

        boolean isFull() {
            return size >= limit;
        }

        void add(int number) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, size * 2);
            }
            numbers[size++] = number;
        }

        void cutTo(int newSize) {
            size = newSize;
        }

        int[] closedBy(int last) {
            int kept = Math.min(size, limit);
            int[] all = Arrays.copyOf(numbers, kept + 1);
            all[kept] = last;
            return all;
        }
    }
}
