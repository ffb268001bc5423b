package dev.palimpsest.query.rank;

import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Row;
import dev.palimpsest.question.Hit.Found;
import dev.palimpsest.question.Kind;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Interval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A row that may become a hit, as read again from the ledger.
public sealed interface Candidate extends Judgeable {

    record OfEntity(EntityProfile profile, long node) implements Candidate {}

    record OfFact(Row.OfFact row) implements Candidate {}

    record OfMemory(Row.OfMemory row) implements Candidate {}

    /// @throws IllegalArgumentException if no such row can be a hit
    static Candidate of(Row row) {
        return switch (row) {
            case Row.OfProfile(var _, EntityProfile profile, long node) ->
                    new OfEntity(profile, node);
            case Row.OfFact fact -> new OfFact(fact);
            case Row.OfMemory memory -> new OfMemory(memory);
            case Row.OfEntity _, Row.OfPredicate _ ->
                    throw new IllegalArgumentException("cannot be a hit: " + row);
        };
    }

    @Override
    default Kind kind() {
        return switch (this) {
            case OfEntity _ -> Kind.ENTITY;
            case OfFact _ -> Kind.FACT;
            case OfMemory _ -> Kind.MEMORY;
        };
    }

    @Override
    default RowId id() {
        return switch (this) {
            case OfEntity(EntityProfile profile, long _) -> profile.id();
            case OfFact(Row.OfFact row) -> row.version().id();
            case OfMemory(Row.OfMemory row) -> row.id();
        };
    }

    default Found found() {
        return switch (this) {
            case OfEntity(EntityProfile profile, long _) -> new Found.OfEntity(profile);
            case OfFact(Row.OfFact row) -> new Found.OfFact(row.version());
            case OfMemory(Row.OfMemory row) -> new Found.OfMemory(row.memory());
        };
    }

    @Override
    default Optional<Interval> time() {
        return switch (this) {
            case OfEntity(EntityProfile profile, long _) -> profile.exists();
            case OfFact(Row.OfFact row) -> Optional.of(row.version().valid());
            case OfMemory(Row.OfMemory row) -> row.memory().when();
        };
    }

    @Override
    default Optional<GeoPoint> ownPlace() {
        return switch (this) {
            case OfEntity _ -> Optional.empty();
            case OfFact(Row.OfFact row) ->
                    row.version().object() instanceof Value.Geo(GeoPoint point)
                            ? Optional.of(point)
                            : Optional.empty();
            case OfMemory(Row.OfMemory row) -> row.memory().place();
        };
    }

    @Override
    default List<Long> nodes() {
        return switch (this) {
            case OfEntity(EntityProfile _, long node) -> List.of(node);
            case OfFact(Row.OfFact row) -> {
                OptionalLong object = row.objectNode();
                yield object.isPresent()
                        ? List.of(row.subjectNode(), object.getAsLong())
                        : List.of(row.subjectNode());
            }
            case OfMemory(Row.OfMemory row) -> row.mentions();
        };
    }
}
