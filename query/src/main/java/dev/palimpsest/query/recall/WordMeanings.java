package dev.palimpsest.query.recall;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Embedder;
import dev.palimpsest.port.Embeddings;
import dev.palimpsest.port.Gone;
import dev.palimpsest.port.Row;
import dev.palimpsest.query.embed.EmbeddedTexts;
import dev.palimpsest.query.index.InMemoryProjection;
import dev.palimpsest.query.index.lucene.TextWords;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The projection that knows what the words of a space's memories mean, so that a question is also
/// found by words like its own. In memory; vectors of words that were met once are kept with the
/// ledger.
///
/// Safe for use by many threads while one applies.
public final class WordMeanings extends InMemoryProjection implements AutoCloseable {

    private final TextWords words = new TextWords();
    private final EmbeddedTexts texts;
    private final Map<SpaceId, SpaceWords> spaces = new ConcurrentHashMap<>();

    public WordMeanings(Embeddings known, Embedder embedder) {
        this.texts = new EmbeddedTexts(known, embedder);
    }

    /// A word like another.
    ///
    /// @param likeness 0 to 1, which is the word itself
    record Like(String word, double likeness) {}

    /// The words of a space that mean much the same, itself first; alone if it is not known.
    List<Like> like(SpaceId space, String word) {
        var known = spaces.get(space);
        return known == null ? List.of(new Like(word, 1)) : known.like(word);
    }

    @Override
    public String name() {
        return "words";
    }

    @Override
    public Set<Class<? extends Row>> kinds() {
        return Set.of(Row.OfMemory.class);
    }

    @Override
    protected void add(List<Row> rows) {
        Map<SpaceId, Set<String>> met = new HashMap<>();
        for (var row : rows) {
            if (row instanceof Row.OfMemory memory) {
                var all = met.computeIfAbsent(row.space(), _ -> new LinkedHashSet<>());
                words.of(memory.memory().text(), SpaceMemories.MOST_WORDS)
                        .forEach(word -> all.add(word.text()));
            }
        }
        met.forEach((space, some) -> {
            var known = spaces.computeIfAbsent(space, _ -> new SpaceWords());
            var added = known.unknown(some);
            known.add(added, texts.vectors(added));
        });
    }

    /// Nobody knows which words were of a memory alone, so they are all met again.
    @Override
    protected boolean forget(List<Gone> gone) {
        boolean all = true;
        for (var one : gone) {
            if (one instanceof Gone.OfSpace(var space)) {
                spaces.remove(space);
            }
            all &= !(one instanceof Gone.OfMemory memory) || memory.stays();
        }
        return all;
    }

    @Override
    protected void forget() {
        spaces.clear();
    }

    /// Holds words, not rows.
    @Override
    public void rows(SpaceId space, Consumer<HeldRow> sink) {}

    @Override
    public boolean holds(Row row) {
        return false;
    }

    @Override
    public void close() {
        words.close();
    }
}
