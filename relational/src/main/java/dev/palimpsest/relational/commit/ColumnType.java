package dev.palimpsest.relational.commit;

import java.util.UUID;

/// The types that columns have.
enum ColumnType {
    BIGINT("int8", "int8", Long.class),
    INT("int4", "int4", Integer.class),
    SMALLINT("int2", "int2", Short.class),
    DOUBLE("float8", "float8", Double.class),
    BOOLEAN("bool", "bool", Boolean.class),
    TEXT("text", "text", String.class),
    CHAR("\"char\"", "text", String.class),
    UUID("uuid", "uuid", UUID.class),
    BYTES("bytea", "bytea", byte[].class),
    /// Written as [ArrayText] does: `unnest` would flatten arrays of arrays.
    TEXTS("text[]", "text", String.class),
    BIGINTS("bigint[]", "text", String.class);

    private final String column;
    private final String wire;
    private final Class<?> java;

    ColumnType(String column, String wire, Class<?> java) {
        this.column = column;
        this.wire = wire;
        this.java = java;
    }

    /// As PostgreSQL calls it.
    String column() {
        return column;
    }

    /// What goes over the wire.
    String wire() {
        return wire;
    }

    Class<?> java() {
        return java;
    }
}
