package dev.palimpsest.api.wire;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactVersion;

/// An entity at the other end of a fact.
///
/// @param direction `out` if the fact is about the entity asked for, `in` if it is its object
public record NeighbourBody(String entity, String direction, FactBody fact) {

    public static NeighbourBody out(EntityId object, FactVersion version) {
        return new NeighbourBody(object.value(), "out", FactBody.of(version));
    }

    public static NeighbourBody in(FactVersion version) {
        return new NeighbourBody(version.subject().value(), "in", FactBody.of(version));
    }
}
