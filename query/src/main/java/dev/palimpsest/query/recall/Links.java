package dev.palimpsest.query.recall;

import dev.palimpsest.time.Position;
import java.util.HashMap;
import java.util.Map;

/// Which memories are linked by the entities they are about and name.
final class Links {

    /// An entity that more memories than so many are about, or name, links nothing.
    static final int MOST_ABOUT = 50;

    /// Two that name the same entity, and are about neither, are linked if no more than so many
    /// name it.
    private static final int MOST_SHARING = 8;

    private static final double SHARED = .3;

    private final SpaceMemories memories;
    private final Position at;

    Links(SpaceMemories memories, Position at) {
        this.memories = memories;
        this.at = at;
    }

    /// What is linked with a memory, and how strongly: what is about an entity it names, what names
    /// an entity it is about, and, weaker, what names an entity it names.
    Map<Integer, Double> of(int number) {
        var table = memories.table();
        Map<Integer, Double> linked = new HashMap<>();
        for (long entity : memories.namedIn(table.text(number), at).keySet()) {
            add(linked, memories.about(entity), MOST_ABOUT, 1);
            add(linked, memories.naming(entity), MOST_SHARING, SHARED);
        }
        for (long entity : table.mentions(number)) {
            add(linked, memories.naming(entity), MOST_ABOUT, 1);
        }
        linked.remove(number);
        return linked;
    }

    private void add(Map<Integer, Double> linked, IntList list, int most, double strength) {
        if (list.size() > most) {
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            if (memories.table().isVisible(list.get(i), at)) {
                linked.merge(list.get(i), strength, Math::max);
            }
        }
    }

    /// What is about an entity whose name is in the question, and how many words the name has.
    Map<Integer, Integer> named(Asked asked) {
        Map<Integer, Integer> named = new HashMap<>();
        memories.namedIn(asked.text(), at)
                .forEach((entity, words) -> {
                    var about = memories.about(entity);
                    for (int i = 0; i < about.size() && about.size() <= MOST_ABOUT; i++) {
                        named.merge(about.get(i), words, Math::max);
                    }
                });
        return named;
    }
}
