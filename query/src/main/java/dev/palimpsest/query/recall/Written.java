package dev.palimpsest.query.recall;

import dev.palimpsest.query.index.lucene.TextWords;
import java.util.List;
import java.util.function.ToIntFunction;

/// A text as numbers of words, with where it has capitals.
final class Written {

    private final int[] words;
    private final boolean[] capitals;

    /// @param words not to be changed from now on
    /// @param capitals of each word; likewise
    Written(int[] words, boolean[] capitals) {
        this.words = words;
        this.capitals = capitals;
    }

    static Written of(List<TextWords.Word> text, ToIntFunction<String> number) {
        int[] words = new int[text.size()];
        boolean[] capitals = new boolean[words.length];
        for (int place = 0; place < words.length; place++) {
            words[place] = number.applyAsInt(text.get(place).text());
            capitals[place] = text.get(place).capital();
        }
        return new Written(words, capitals);
    }

    int length() {
        return words.length;
    }

    int word(int place) {
        return words[place];
    }

    /// Whether the word there is written with a capital.
    boolean isCapital(int place) {
        return capitals[place];
    }
}
