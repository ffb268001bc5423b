package dev.palimpsest.query.recall;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.query.index.lucene.TextWords;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a question in words looks for in the memories of a space.
///
/// @param sought its words that say something, names of speakers left out while there are others
/// @param speakers the words of it that occur in the names of speakers
/// @param text all its words, to find names in
record Asked(List<Sought> sought, Set<Integer> speakers, Written text) {

    /// Different words of a question that are looked for; further ones are ignored.
    private static final int MOST_SOUGHT = 32;

    /// Words of a question that are looked at.
    private static final int MOST_WORDS = 1_000;

    /// A word, and the words of the space that mean much the same.
    ///
    /// @param word as a number; [WordTable#ABSENT] if no memory holds it
    /// @param forms itself and those like it, with how like they are
    record Sought(int word, List<Form> forms) {}

    record Form(int word, double likeness) {}

    static Asked of(
            String question,
            SpaceId space,
            SpaceMemories memories,
            TextWords reader,
            WordMeanings meanings) {
        var read = reader.of(question, MOST_WORDS);
        var words = memories.words();
        var speakers = new HashSet<Integer>();
        var said = new LinkedHashSet<String>();
        var all = new LinkedHashSet<String>();
        for (var one : read) {
            int word = words.find(one.text());
            if (StopWords.contains(one.text())) {
                continue;
            }
            all.add(one.text());
            if (word != WordTable.ABSENT && memories.isSpeaker(word)) {
                speakers.add(word);
            } else {
                said.add(one.text());
            }
        }
        var wanted = said.isEmpty() ? (all.isEmpty() ? texts(read) : all) : said;
        return new Asked(
                wanted.stream()
                        .limit(MOST_SOUGHT)
                        .map(word -> sought(word, space, memories, meanings))
                        .toList(),
                speakers,
                Written.of(read, words::find));
    }

    /// A question of stop words alone is looked for as it is.
    private static Set<String> texts(List<TextWords.Word> read) {
        var texts = new LinkedHashSet<String>();
        read.forEach(word -> texts.add(word.text()));
        return texts;
    }

    private static Sought sought(
            String word, SpaceId space, SpaceMemories memories, WordMeanings meanings) {
        var forms = new ArrayList<Form>();
        for (var like : meanings.like(space, word)) {
            int number = memories.words().find(like.word());
            if (number != WordTable.ABSENT
                    && (like.word().equals(word) || !memories.isSpeaker(number))) {
                forms.add(new Form(number, like.likeness()));
            }
        }
        return new Sought(memories.words().find(word), forms);
    }
}
