package dev.palimpsest.relational.commit;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// A map whose changes can be undone. Its values are immutable: a change is another value.
final class JournaledMap<K, V> {

    private final Journal journal;
    private final Map<K, V> held = new LinkedHashMap<>();

    JournaledMap(Journal journal) {
        this.journal = journal;
    }

    Optional<V> find(K key) {
        return Optional.ofNullable(held.get(key));
    }

    boolean has(K key) {
        return held.containsKey(key);
    }

    void put(K key, V value) {
        V before = held.put(key, value);
        journal.add(() -> {
            if (before == null) {
                held.remove(key);
            } else {
                held.put(key, before);
            }
        });
    }

    /// Puts what the ledger holds already; that is no change, and nothing undoes it.
    void seed(K key, V value) {
        held.putIfAbsent(key, value);
    }

    /// In the order in which keys first came.
    Collection<V> values() {
        return held.values();
    }

    void forEach(BiConsumer<K, V> action) {
        held.forEach(action);
    }
}
