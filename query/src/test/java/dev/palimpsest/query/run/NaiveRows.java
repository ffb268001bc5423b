package dev.palimpsest.query.run;

import dev.palimpsest.model.RowId;
import dev.palimpsest.port.Row;
import dev.palimpsest.question.Kind;
import java.util.stream.Stream;

/// What rows are called, and which of them may be found.
final class NaiveRows {

    private NaiveRows() {}

    static String name(Row row) {
        return switch (row) {
            case Row.OfProfile profile -> "entity " + profile.profile().entity();
            case Row.OfFact fact -> "fact " + fact.version().id();
            case Row.OfMemory memory -> "memory " + memory.memory().id();
            case Row.OfEntity _, Row.OfPredicate _ ->
                    throw new IllegalArgumentException("no hit: " + row);
        };
    }

    static Kind kind(Row row) {
        return switch (row) {
            case Row.OfProfile _ -> Kind.ENTITY;
            case Row.OfFact _ -> Kind.FACT;
            case Row.OfMemory _ -> Kind.MEMORY;
            case Row.OfEntity _, Row.OfPredicate _ ->
                    throw new IllegalArgumentException("no hit: " + row);
        };
    }

    static Stream<RowId> id(Row row) {
        return switch (row) {
            case Row.OfProfile profile -> Stream.of(profile.profile().id());
            case Row.OfFact fact -> Stream.of(fact.version().id());
            case Row.OfMemory memory -> Stream.of(memory.id());
            case Row.OfEntity _, Row.OfPredicate _ -> Stream.empty();
        };
    }
}
