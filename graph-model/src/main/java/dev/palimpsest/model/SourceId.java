package dev.palimpsest.model;

/// Who says so: a sensor, document, agent or person, unique in its space.
public record SourceId(String value) {

    public SourceId {
        value = Names.requireId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
