package dev.palimpsest.model;

/// The name of a space, a tenant of the store. Nothing crosses it.
public record SpaceId(String value) {

    public SpaceId {
        value = Names.requireSpace(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
