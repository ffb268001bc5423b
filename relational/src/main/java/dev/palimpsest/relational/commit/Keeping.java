package dev.palimpsest.relational.commit;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.Source;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Keeps memories, and definitions of predicates and sources.
final class Keeping {

    private final Desk desk;

    Keeping(Desk desk) {
        this.desk = desk;
    }

    void keep(Entry entry, Memory memory, ContentHash hash) throws SQLException, RefusedException {
        var key = new InSpace<>(entry.space(), memory.id());
        var held = desk.state().memories.find(key);
        if (held.isPresent()) {
            if (held.get().equals(hash)) {
                return;
            }
            throw RefusedException.conflict(
                    "id",
                    "memory "
                            + memory.id()
                            + " is kept already with other content; memories are never changed,"
                            + " use another id");
        }
        desk.names().requireNotForgotten(entry.space(), () -> Tombstone.of(memory.id()), "id");
        int source = desk.names().source(entry, memory.source());
        List<Long> mentions = new ArrayList<>();
        for (EntityId mentioned : memory.mentions()) {
            long lastNode = desk.state().head().node();
            long node = desk.names().node(entry, mentioned, "mentions");
            if (node > lastNode) {
                desk.profiles().derive(entry, node);
            }
            mentions.add(node);
        }
        entry.touch(
                new MemoryRow(
                        entry.nextRowId(),
                        desk.state().newNode(),
                        entry.space(),
                        memory,
                        mentions,
                        source,
                        hash,
                        entry.stamp()));
        desk.state().memories.put(key, hash);
    }

    void register(Entry entry, Predicate definition) throws SQLException, RefusedException {
        var name = definition.name();
        var held = desk.names().find(entry.space(), name);
        var part = Profile.find(name);
        if (part.isPresent()) {
            if (part.get().equals(definition)) {
                return;
            }
            throw RefusedException.conflict(
                    "predicate", name + " is part of every profile and cannot be redefined");
        }
        if (held.isEmpty()) {
            entry.touch(
                    new PredicateRow(
                            desk.numbers().predicate(),
                            entry.space(),
                            definition,
                            true,
                            0,
                            entry.position()));
            return;
        }
        var row = held.get();
        if (row.registered() && row.predicate().equals(definition)) {
            return;
        }
        requireRedefinable(row, definition);
        entry.touch(
                new PredicateRow(
                        row.no(),
                        row.space(),
                        definition,
                        true,
                        row.kindsUsed(),
                        entry.position()));
    }

    /// What is believed follows from the definition, so one that facts were derived by stays. One
    /// that came to be by its first use may be told more precisely, as long as the facts fit.
    private static void requireRedefinable(PredicateRow row, Predicate definition)
            throws RefusedException {
        var name = definition.name();
        if (!row.isUsed()) {
            return;
        }
        if (row.registered()) {
            throw RefusedException.conflict(
                    "predicate",
                    name + " has facts and is registered otherwise; use another predicate");
        }
        if (definition.functional()) {
            throw RefusedException.conflict(
                    "predicate",
                    name
                            + " has facts and is multi-valued by its first use; use another"
                            + " predicate, registered before its first fact");
        }
        if (!PredicateRow.fits(row.kindsUsed(), definition)) {
            throw RefusedException.conflict(
                    "predicate", name + " has facts with objects of other kinds");
        }
    }

    void describe(Entry entry, Source source) throws SQLException, RefusedException {
        var held = desk.names().find(entry.space(), source.id());
        if (held.isPresent() && held.get().source().equals(source)) {
            return;
        }
        if (held.isEmpty()) {
            desk.names()
                    .requireNotForgotten(entry.space(), () -> Tombstone.of(source.id()), "source");
        }
        int number = held.isPresent() ? held.get().no() : desk.numbers().source();
        entry.touch(new SourceRow(number, entry.space(), source, entry.position()));
    }
}
