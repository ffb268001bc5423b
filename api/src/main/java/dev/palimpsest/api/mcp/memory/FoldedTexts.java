package dev.palimpsest.api.mcp.memory;

import dev.palimpsest.model.EntityId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The texts of entities, one each, looked through for a part of them. Those of many entities lie
/// joined in one string, which is looked through at once: one by one they take five times as long.
/// For one thread that changes it, or many that read.
final class FoldedTexts {

    /// After each text, and between the parts of one; in no part, and so in nothing that is found.
    static final char END = '\0';

    private static final int TEXTS_OF_A_CHUNK = 256;

    private final List<Chunk> chunks = new ArrayList<>();
    private final Map<EntityId, Chunk> chunkOf = new HashMap<>();

    /// The text of an entity, in the place of the one before if it had one.
    void put(EntityId entity, String text) {
        chunkOf.computeIfAbsent(entity, _ -> lastWithRoom()).put(entity, text);
    }

    void remove(EntityId entity) {
        var chunk = chunkOf.remove(entity);
        if (chunk != null && chunk.remove(entity)) {
            chunks.remove(chunk);
        }
    }

    /// The entities with `part` in their texts, in the order they came.
    List<EntityId> having(String part) {
        var found = new ArrayList<EntityId>();
        if (part.indexOf(END) < 0) {
            chunks.forEach(chunk -> chunk.joined().find(part, found));
        }
        return found;
    }

    private Chunk lastWithRoom() {
        if (chunks.isEmpty() || chunks.getLast().came == TEXTS_OF_A_CHUNK) {
            chunks.add(new Chunk());
        }
        chunks.getLast().came++;
        return chunks.getLast();
    }

    private static final class Chunk {
        private final Map<EntityId, String> texts = new LinkedHashMap<>();

        /// How many entities ever came into it: none comes before one that is there.
        private int came;

        /// Made when it is needed; two who read may both make it, and make the same.
        private volatile Optional<Joined> joined = Optional.empty();

        void put(EntityId entity, String text) {
            texts.put(entity, text);
            joined = Optional.empty();
        }

        /// @return whether nothing is left
        boolean remove(EntityId entity) {
            texts.remove(entity);
            joined = Optional.empty();
            return texts.isEmpty();
        }

        Joined joined() {
            var made = joined.orElseGet(() -> new Joined(texts));
            joined = Optional.of(made);
            return made;
        }
    }

    /// Texts one after the other.
    private static final class Joined {
        private final String text;
        private final List<EntityId> entities;

        /// Of each entity's text, the character after it included.
        private final int[] ends;

        Joined(Map<EntityId, String> texts) {
            var all = new StringBuilder();
            entities = List.copyOf(texts.keySet());
            ends = new int[entities.size()];
            int count = 0;
            for (var one : texts.values()) {
                all.append(one).append(END);
                ends[count++] = all.length();
            }
            text = all.toString();
        }

        void find(String part, List<EntityId> found) {
            int at = text.indexOf(part);
            while (at >= 0 && at < text.length()) {
                int place = Arrays.binarySearch(ends, at + 1);
                int entity = place < 0 ? -place - 1 : place;
                found.add(entities.get(entity));
                at = text.indexOf(part, ends[entity]);
            }
        }
    }
}
