package dev.palimpsest.model;

/// The caller's name for an entity, unique in its space.
public record EntityId(String value) {

    public EntityId {
        value = Names.requireId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
