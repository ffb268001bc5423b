package dev.palimpsest.query.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The part of a long text that has most of a question's words.
///
/// @param offset where in the text it begins
record Excerpt(String quote, int offset) {

    /// A text up to this long is told as a whole.
    static final int LONGEST = 1_200;

    /// Where a text may be cut: after a sentence or a line, else after a word.
    private static final Pattern END = Pattern.compile("(?<=[.!?…。！？])\\s+|\\n+");

    private static final int SHORTEST_WORD = 3;

    static Excerpt of(String text, String question) {
        if (text.length() <= LONGEST) {
            return new Excerpt(text, 0);
        }
        var words = words(question);
        Excerpt best = null;
        int most = -1;
        for (var part : parts(text)) {
            var held = words(part.quote);
            held.retainAll(words);
            if (best == null || held.size() > most) {
                best = part;
                most = held.size();
            }
        }
        return best == null ? new Excerpt(text.substring(0, LONGEST), 0) : best;
    }

    /// The whole text in parts, none longer than the longest.
    static List<Excerpt> parts(String text) {
        var ends = new ArrayList<Integer>();
        var matcher = END.matcher(text);
        while (matcher.find()) {
            ends.add(matcher.end());
        }
        ends.add(text.length());
        var parts = new ArrayList<Excerpt>();
        int start = 0;
        int end = 0;
        for (int next : ends) {
            if (next - start > LONGEST && end > start) {
                parts.add(new Excerpt(text.substring(start, end), start));
                start = end;
            }
            while (next - start > LONGEST) {
                int cut = cut(text, start, start + LONGEST);
                parts.add(new Excerpt(text.substring(start, cut), start));
                start = cut;
            }
            end = next;
        }
        if (end > start) {
            parts.add(new Excerpt(text.substring(start, end), start));
        }
        return parts;
    }

    /// After the last space before `latest`; failing that, between two characters.
    private static int cut(String text, int start, int latest) {
        int space = text.lastIndexOf(' ', latest - 1);
        if (space > start) {
            return space + 1;
        }
        return Character.isLowSurrogate(text.charAt(latest)) ? latest - 1 : latest;
    }

    private static Set<String> words(String text) {
        return Pattern.compile("[^\\p{L}\\p{N}]+")
                .splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> word.length() >= SHORTEST_WORD)
                .collect(Collectors.toSet());
    }
}
