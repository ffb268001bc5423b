package dev.palimpsest.model;

/// The caller's name for a memory, unique in its space.
public record MemoryId(String value) {

    public MemoryId {
        value = Names.requireId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
