package dev.palimpsest.graph.janus;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.apache.tinkerpop.gremlin.structure.Element;
import org.apache.tinkerpop.gremlin.structure.Property;
import org.apache.tinkerpop.gremlin.structure.util.ElementHelper;
import org.apache.tinkerpop.gremlin.structure.util.StringFactory;

/// Something said about a fact: one of [SnapshotFact#attributes].
record SnapshotProperty<V>(Element element, String key, V value) implements Property<V> {

    /// Those of `attributes` that `keys` names; all if it names none.
    static <V> Iterator<Property<V>> of(
            Element element, Map<String, Object> attributes, String... keys) {
        Set<String> wanted = new HashSet<>(Arrays.asList(keys));
        return attributes.entrySet().stream()
                .filter(entry -> wanted.isEmpty() || wanted.contains(entry.getKey()))
                .map(entry -> SnapshotProperty.<V>of(element, entry))
                .iterator();
    }

    // Gremlin lets its caller name the type of a value; nobody can check it.
    @SuppressWarnings("unchecked")
    private static <V> Property<V> of(Element element, Map.Entry<String, Object> entry) {
        return new SnapshotProperty<>(element, entry.getKey(), (V) entry.getValue());
    }

    @Override
    public V value() {
        return value;
    }

    @Override
    public boolean isPresent() {
        return true;
    }

    @Override
    public void remove() {
        throw Property.Exceptions.propertyRemovalNotSupported();
    }

    @Override
    public boolean equals(Object other) {
        return ElementHelper.areEqual(this, other);
    }

    @Override
    public int hashCode() {
        return ElementHelper.hashCode(this);
    }

    @Override
    public String toString() {
        return StringFactory.propertyString(this);
    }
}
