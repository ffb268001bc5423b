package dev.palimpsest.graph.janus;

import dev.palimpsest.model.ObjectKind;
import java.time.Instant;
import java.util.Locale;
import org.janusgraph.core.attribute.Geoshape;

/// How the object of a fact lies in the graph: as an edge, or as a vertex property of one data
/// type. A name in the graph has one shape for ever.
enum Shape {
    EDGE(Void.class),
    TEXT(String.class),
    NUMBER(Double.class),
    FLAG(Boolean.class),
    MOMENT(Instant.class),
    POINT(Geoshape.class);

    private final Class<?> dataType;

    Shape(Class<?> dataType) {
        this.dataType = dataType;
    }

    static Shape of(ObjectKind kind) {
        return switch (kind) {
            case ENTITY -> EDGE;
            case STRING, JSON -> TEXT;
            case NUMBER -> NUMBER;
            case BOOLEAN -> FLAG;
            case INSTANT -> MOMENT;
            case GEO -> POINT;
        };
    }

    static Shape ofDataType(Class<?> dataType) {
        for (Shape shape : values()) {
            if (shape != EDGE && shape.dataType == dataType) {
                return shape;
            }
        }
        throw new IllegalStateException("no literal lies in the graph as " + dataType);
    }

    boolean isEdge() {
        return this == EDGE;
    }

    Class<?> dataType() {
        return dataType;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
