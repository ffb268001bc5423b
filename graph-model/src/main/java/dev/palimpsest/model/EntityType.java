package dev.palimpsest.model;

/// What sort of thing an entity is; schema.org names where they exist.
public record EntityType(String value) {

    /// What an entity is that was only ever mentioned.
    public static final EntityType THING = new EntityType("Thing");

    public EntityType {
        value = Names.requireWord("an entity type", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
