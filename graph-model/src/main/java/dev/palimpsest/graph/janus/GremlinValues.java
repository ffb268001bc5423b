package dev.palimpsest.graph.janus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.tinkerpop.gremlin.process.traversal.Path;
import org.apache.tinkerpop.gremlin.structure.Edge;
import org.apache.tinkerpop.gremlin.structure.Element;
import org.apache.tinkerpop.gremlin.structure.Property;
import org.apache.tinkerpop.gremlin.structure.Vertex;
import org.apache.tinkerpop.gremlin.structure.VertexProperty;
import org.jspecify.annotations.Nullable;

/// Makes what a traversal found into what JSON is made of: maps with text keys, lists, texts,
/// numbers, booleans, null.
///
/// A vertex is `{id, label, name}`; an edge `{id, label, from, to, fact, validFrom, ...}`; a vertex
/// property `{key, value, id, fact, ...}`; a path the list of what it passed; a date ISO 8601.
final class GremlinValues {

    private static final String ID = "id";
    private static final String LABEL = "label";
    private static final String NAME = "name";
    private static final String KEY = "key";
    private static final String VALUE = "value";

    private final Budget budget;

    GremlinValues(Budget budget) {
        this.budget = budget;
    }

    @Nullable Object plain(@Nullable Object value) {
        budget.spend();
        return switch (value) {
            case null -> null;
            case Double number when number.isNaN() || number.isInfinite() -> number.toString();
            case String _, Number _, Boolean _ -> value;
            case Date date -> date.toInstant().toString();
            case Enum<?> word -> word.name();
            case Vertex vertex -> of(vertex);
            case Edge edge -> of(edge);
            case VertexProperty<?> property -> of(property);
            case Property<?> property -> entry(property.key(), property.value());
            case Path path -> list(path.objects());
            case Map<?, ?> map -> of(map);
            case Map.Entry<?, ?> entry -> entry(entry.getKey(), entry.getValue());
            case Collection<?> many -> list(many);
            default -> value.toString();
        };
    }

    private Map<String, @Nullable Object> of(Vertex vertex) {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        plain.put(ID, vertex.id());
        plain.put(LABEL, vertex.label());
        VertexProperty<Object> name = vertex.property(NAME);
        if (name.isPresent()) {
            plain.put(NAME, plain(name.value()));
        }
        return plain;
    }

    private Map<String, @Nullable Object> of(Edge edge) {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        plain.put(ID, edge.id());
        plain.put(LABEL, edge.label());
        plain.put("from", edge.outVertex().id());
        plain.put("to", edge.inVertex().id());
        addAll(plain, edge.properties());
        return plain;
    }

    private Map<String, @Nullable Object> of(VertexProperty<?> property) {
        var plain = entry(property.key(), property.value());
        plain.put(ID, property.id());
        addAll(plain, property.properties());
        return plain;
    }

    private void addAll(
            Map<String, @Nullable Object> plain, Iterator<? extends Property<Object>> attributes) {
        while (attributes.hasNext()) {
            var attribute = attributes.next();
            if (!attribute.key().equals(GraphNames.VERSION)) { // that is the id
                plain.put(attribute.key(), plain(attribute.value()));
            }
        }
    }

    private Map<String, @Nullable Object> entry(@Nullable Object key, @Nullable Object value) {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        plain.put(KEY, plain(key));
        plain.put(VALUE, plain(value));
        return plain;
    }

    private List<@Nullable Object> list(Collection<?> many) {
        var plain = new ArrayList<@Nullable Object>();
        for (Object one : many) {
            plain.add(plain(one));
        }
        return plain;
    }

    /// A map by the texts of its keys; if two keys have the same text, a list of its entries.
    private Object of(Map<?, ?> map) {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, value) -> plain.put(text(key), plain(value)));
        if (plain.size() == map.size()) {
            return plain;
        }
        var entries = new ArrayList<@Nullable Object>();
        map.forEach((key, value) -> entries.add(entry(key, value)));
        return entries;
    }

    private String text(@Nullable Object key) {
        return key instanceof Element element
                ? String.valueOf(element.id())
                : String.valueOf(plain(key));
    }
}
