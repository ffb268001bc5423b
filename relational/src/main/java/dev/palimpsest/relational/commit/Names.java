package dev.palimpsest.relational.commit;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.Source;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.port.Statement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;

/// Finds the numbers of entities, sources and predicates, and makes those that are new.
///
/// Relies on the batch having been seeded with all that the ledger holds of the names it uses.
final class Names {

    private final WorkingState state;
    private final Numbers numbers;

    Names(WorkingState state, Numbers numbers) {
        this.state = state;
        this.numbers = numbers;
    }

    Optional<Long> find(int space, EntityId entity) {
        return state.nodes.find(new InSpace<>(space, entity));
    }

    Optional<SourceRow> find(int space, SourceId source) {
        return state.sources.find(new InSpace<>(space, source));
    }

    Optional<PredicateRow> find(int space, PredicateName predicate) {
        return state.predicates.find(new InSpace<>(space, predicate));
    }

    /// @param field where it is named
    long node(Entry entry, EntityId entity, String field) throws RefusedException {
        var key = new InSpace<>(entry.space(), entity);
        var known = state.nodes.find(key);
        if (known.isPresent()) {
            return known.get();
        }
        requireNotForgotten(entry.space(), () -> Tombstone.of(entity), field);
        long node = state.newNode();
        state.nodes.put(key, node);
        entry.touch(new EntityRow(node, entry.space(), entity, entry.stamp()));
        return node;
    }

    /// Refuses what was forgotten.
    ///
    /// @param field where it is named
    void requireNotForgotten(int space, Supplier<Tombstone> named, String field)
            throws RefusedException {
        if (!state.forgotten.isEmpty()) {
            var tombstone = named.get();
            if (state.forgotten.contains(new InSpace<>(space, tombstone))) {
                throw RefusedException.forgotten(field, tombstone.kind());
            }
        }
    }

    int source(Entry entry, SourceId source) throws SQLException, RefusedException {
        var known = find(entry.space(), source);
        if (known.isPresent()) {
            return known.get().no();
        }
        requireNotForgotten(entry.space(), () -> Tombstone.of(source), "source");
        var plain = new Source(source, Optional.empty(), Optional.empty());
        var row = new SourceRow(numbers.source(), entry.space(), plain, entry.position());
        entry.touch(row);
        return row.no();
    }

    /// The predicate of a statement, if the statement may be made with it.
    PredicateRow predicate(Entry entry, SpaceRow space, Statement statement)
            throws SQLException, RefusedException {
        var name = statement.predicate();
        var kind = statement.object().kind();
        var row = find(entry.space(), name);
        var definition =
                row.map(PredicateRow::predicate)
                        .or(() -> Profile.find(name))
                        .orElseGet(() -> Predicate.plain(name));
        boolean registered =
                row.map(PredicateRow::registered).orElseGet(() -> Profile.isPart(name));
        if (space.space().strict() && !registered) {
            throw RefusedException.invalid(
                    "predicate",
                    "must be registered in this strict space; register "
                            + name
                            + " with PUT .../predicates/"
                            + name
                            + " first");
        }
        var bound = PredicateRow.takes(definition);
        if (bound.isPresent() && bound.get() != kind) {
            throw RefusedException.invalid(
                    "object",
                    name + " takes an object of kind " + bound.get().word() + ": " + kind.word());
        }
        if (row.isEmpty()) {
            var made =
                    new PredicateRow(
                            numbers.predicate(),
                            entry.space(),
                            definition,
                            registered,
                            0,
                            entry.position());
            entry.touch(made);
            return used(made, kind);
        }
        return used(row.get(), kind);
    }

    private PredicateRow used(PredicateRow row, ObjectKind kind) {
        if (row.isUsedWith(kind)) {
            return row;
        }
        var used = row.usedWith(kind);
        state.put(used);
        return used;
    }
}
