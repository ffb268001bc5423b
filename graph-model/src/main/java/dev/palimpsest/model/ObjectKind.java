package dev.palimpsest.model;

import java.util.Locale;

/// What sort of value a fact's object is. The order is part of what lies on disk.
public enum ObjectKind {
    ENTITY,
    STRING,
    NUMBER,
    BOOLEAN,
    INSTANT,
    GEO,
    JSON;

    /// The name used in JSON and papers: `entity string number boolean instant geo json`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
