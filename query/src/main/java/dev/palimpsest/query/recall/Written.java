package dev.palimpsest.query.recall;

import dev.palimpsest.query.index.lucene.TextWords;
import java.util.List;
import java.util.function.ToIntFunction;

/// A text as numbers of words, with where it has capitals.
final class Written {

    static final Written NOTHING = new Written(List.of(), _ -> 0);

    private final int[] words;
    private final boolean[] capitals;

    Written(List<TextWords.Word> text, ToIntFunction<String> number) {
        this.words = text.stream().mapToInt(word -> number.applyAsInt(word.text())).toArray();
        this.capitals = new boolean[words.length];
        for (int i = 0; i < capitals.length; i++) {
            capitals[i] = text.get(i).capital();
        }
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

    /// The numbers alone.
    int[] words() {
        return words.clone();
    }
}
