package dev.palimpsest.graph.janus;

import dev.palimpsest.model.SpaceId;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.tinkerpop.gremlin.structure.Element;
import org.apache.tinkerpop.gremlin.structure.Property;
import org.apache.tinkerpop.gremlin.structure.Vertex;
import org.apache.tinkerpop.gremlin.structure.VertexProperty;
import org.apache.tinkerpop.gremlin.structure.util.StringFactory;
import org.janusgraph.core.JanusGraphVertexProperty;
import org.janusgraph.core.attribute.Geoshape;
import org.jspecify.annotations.Nullable;

/// A vertex property as a snapshot shows it: a version of a fact whose object is a literal, or one
/// of the few things a vertex says of itself.
final class SnapshotLiteral<V> implements VertexProperty<V> {

    /// By key, then when they begin to hold, then when they were recorded: the same in every
    /// rebuild.
    static final Comparator<SnapshotLiteral<?>> ORDER =
            Comparator.<SnapshotLiteral<?>, String>comparing(SnapshotLiteral::key)
                    .thenComparingLong(literal -> literal.validFrom)
                    .thenComparing(SnapshotLiteral::id);

    /// Doubles up to here hold every whole number.
    private static final double WHOLE = 1L << 53;

    private final SnapshotVertex vertex;
    private final String key;
    private final V value;
    private final String id;
    private final long validFrom;
    private final @Nullable SnapshotFact fact;

    private SnapshotLiteral(
            SnapshotVertex vertex,
            String key,
            V value,
            String id,
            long validFrom,
            @Nullable SnapshotFact fact) {
        this.vertex = vertex;
        this.key = key;
        this.value = value;
        this.id = id;
        this.validFrom = validFrom;
        this.fact = fact;
    }

    /// Something a vertex says of itself, such as its id.
    static SnapshotLiteral<Object> ofItself(SnapshotVertex vertex, String key, Object value) {
        return new SnapshotLiteral<>(vertex, key, value, vertex.id() + ":" + key, 0, null);
    }

    static Optional<SnapshotLiteral<Object>> visible(
            SnapshotVertex vertex, SpaceId space, JanusGraphVertexProperty<?> property) {
        var fact = new SnapshotFact(property);
        if (!fact.isSeenBy(vertex.graph().view())) {
            return Optional.empty();
        }
        return Optional.of(
                new SnapshotLiteral<>(
                        vertex,
                        GraphNames.predicate(space, property.key()),
                        shown(property),
                        fact.version().map(UUID::toString).orElse(""),
                        fact.validFrom(),
                        fact));
    }

    // Whole numbers read better as such, and compare with others all the same; a place becomes a
    // map, so that select('lat') takes it apart.
    private static Object shown(JanusGraphVertexProperty<?> property) {
        return switch (property.value()) {
            case Double number -> number(property, number);
            case Instant moment -> Timestamp.from(moment);
            case Geoshape shape -> place(shape.getPoint());
            case Object other -> other;
        };
    }

    private static Object number(JanusGraphVertexProperty<?> property, double number) {
        Property<String> exact = property.property(GraphNames.EXACT);
        if (exact.isPresent()) {
            return new BigDecimal(exact.value());
        }
        boolean whole = number == Math.rint(number) && Math.abs(number) <= WHOLE;
        return whole ? (Object) (long) number : (Object) number;
    }

    private static Map<String, Object> place(Geoshape.Point point) {
        var place = new LinkedHashMap<String, Object>();
        place.put("lat", point.getLatitude());
        place.put("lon", point.getLongitude());
        return place;
    }

    @Override
    public String key() {
        return key;
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
    public Vertex element() {
        return vertex;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public <U> Iterator<Property<U>> properties(String... keys) {
        Map<String, Object> attributes = fact == null ? Map.of() : fact.attributes();
        return SnapshotProperty.of(this, attributes, keys);
    }

    @Override
    public <U> Property<U> property(String property, U changed) {
        throw Element.Exceptions.propertyAdditionNotSupported();
    }

    @Override
    public void remove() {
        throw Property.Exceptions.propertyRemovalNotSupported();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SnapshotLiteral<?> that
                && id.equals(that.id)
                && vertex.equals(that.vertex);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return StringFactory.propertyString(this);
    }
}
