package dev.palimpsest.ingest.source;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Splits a text into passages that are not too long: between paragraphs, else between sentences,
/// else between words.
final class Passages {

    private static final Pattern PARAGRAPH_END = Pattern.compile("\n[ \t\r]*\n");

    private Passages() {}

    /// A part of a text, word for word.
    ///
    /// @param offset where it begins, in UTF-16 code units
    record Passage(int offset, String text) {}

    /// All of `text` but the white space around its passages.
    static List<Passage> of(String text, int longest) {
        var passages = new ArrayList<Passage>();
        int start = 0;
        while (text.length() - start > longest) {
            int end = start + cut(text.substring(start, start + longest + 1), longest);
            add(text, start, end, passages);
            start = end;
        }
        add(text, start, text.length(), passages);
        return passages;
    }

    private static void add(String text, int start, int end, List<Passage> passages) {
        var raw = text.substring(start, end);
        if (!raw.isBlank()) {
            int before = raw.length() - raw.stripLeading().length();
            passages.add(new Passage(start + before, raw.strip()));
        }
    }

    /// Where to cut a text that is longer than `longest`. A cut in its first quarter is none.
    static int cut(String text, int longest) {
        int least = longest / 4;
        int cut = lastParagraphEnd(text, longest);
        if (cut <= least) {
            var sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
            sentences.setText(text);
            cut = sentences.preceding(longest + 1);
        }
        if (cut <= least) {
            cut = lastSpace(text, longest);
        }
        if (cut <= least) {
            cut = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        }
        return cut;
    }

    private static int lastParagraphEnd(String text, int longest) {
        int last = 0;
        var ends = PARAGRAPH_END.matcher(text);
        while (ends.find() && ends.end() <= longest) {
            last = ends.end();
        }
        return last;
    }

    private static int lastSpace(String text, int longest) {
        int at = longest;
        while (at > 0 && !Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }
}
