package dev.palimpsest.query.recall;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Projection;
import dev.palimpsest.port.Row;
import dev.palimpsest.query.index.lucene.TextWords;
import dev.palimpsest.time.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/// The projection by which memories are known in their sessions, by their words and by the names in
/// them. In memory; it is built again whenever a store is opened.
///
/// Safe for use by many threads while one applies.
public final class Recollection implements Projection, AutoCloseable {

    private final TextWords words = new TextWords();
    private final Map<SpaceId, SpaceMemories> spaces = new ConcurrentHashMap<>();
    private volatile Optional<Checkpoint> checkpoint = Optional.empty();

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
    public Optional<Checkpoint> checkpoint() {
        return checkpoint;
    }

    @Override
    public void apply(List<Row> rows, Checkpoint upTo) {
        Map<SpaceId, List<Row>> bySpace = new HashMap<>();
        for (var row : rows) {
            if (row instanceof Row.OfMemory || row instanceof Row.OfProfile) {
                bySpace.computeIfAbsent(row.space(), _ -> new ArrayList<>()).add(row);
            }
        }
        bySpace.forEach((space, some) ->
                spaces.computeIfAbsent(space, _ -> new SpaceMemories()).apply(some, words));
        checkpoint = Optional.of(upTo);
    }

    @Override
    public Position covers() {
        return checkpoint.map(Checkpoint::position).orElse(Position.START);
    }

    @Override
    public void clear() {
        checkpoint = Optional.empty();
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
