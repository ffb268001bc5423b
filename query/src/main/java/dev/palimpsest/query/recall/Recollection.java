package dev.palimpsest.query.recall;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Gone;
import dev.palimpsest.port.Row;
import dev.palimpsest.query.index.InMemoryProjection;
import dev.palimpsest.query.index.lucene.TextWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The projection by which memories are known in their sessions, by their words and by the names in
/// them. In memory; it is built again whenever a store is opened.
///
/// Safe for use by many threads while one applies.
public final class Recollection extends InMemoryProjection implements AutoCloseable {

    private final TextWords words = new TextWords();
    private final Map<SpaceId, SpaceMemories> spaces = new ConcurrentHashMap<>();

    /// Reads what is known of a space.
    <T> T read(SpaceId space, Function<SpaceMemories, T> reading) {
        var memories = spaces.get(space);
        return (memories == null ? new SpaceMemories() : memories).read(reading);
    }

    TextWords words() {
        return words;
    }

    @Override
    public String name() {
        return "recall";
    }

    @Override
    public Set<Class<? extends Row>> kinds() {
        return Set.of(Row.OfMemory.class, Row.OfProfile.class);
    }

    @Override
    protected void add(List<Row> rows) {
        bySpace(rows, row -> row instanceof Row.OfMemory || row instanceof Row.OfProfile)
                .forEach((space, some) ->
                        spaces.computeIfAbsent(space, _ -> new SpaceMemories()).apply(some, words));
    }

    @Override
    protected boolean forget(List<Gone> gone) {
        gone.stream()
                .collect(Collectors.groupingBy(Gone::space))
                .forEach((space, some) -> {
                    if (some.stream().anyMatch(Gone.OfSpace.class::isInstance)) {
                        spaces.remove(space);
                    } else if (spaces.containsKey(space)) {
                        spaces.get(space).drop(some);
                    }
                });
        return true;
    }

    @Override
    protected void forget() {
        spaces.clear();
    }

    @Override
    public void rows(SpaceId space, Consumer<HeldRow> sink) {
        List<HeldRow> held = new ArrayList<>();
        read(
                space,
                memories -> {
                    memories.rows(held::add);
                    return held.size();
                });
        held.forEach(sink);
    }

    /// Names are held as well, but not row by row.
    @Override
    public boolean holds(Row row) {
        return row instanceof Row.OfMemory;
    }

    @Override
    public void close() {
        words.close();
    }
}
