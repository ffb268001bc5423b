package dev.palimpsest.api.mcp.memory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Calls of the nine tools with few names, so that they meet, and texts of every sort.
final class RandomCalls {

    private static final List<String> NAMES =
            List.of(
                    "Ann",
                    "ann",
                    "a b",
                    " lead",
                    "",
                    "tab\there",
                    "Σίσυφος ΣΑΣ",
                    "😀 smile",
                    "name:x",
                    "quote\"s \\ and\nlines",
                    "x".repeat(250));

    private static final List<String> TYPES =
            List.of(
                    "person",
                    "very special type!",
                    "",
                    "событие",
                    "type_x",
                    "Memory",
                    "y".repeat(90));

    private static final List<String> RELATIONS =
            List.of(
                    "works at",
                    "works_at",
                    "works_x0020_at",
                    "name",
                    "observation",
                    "",
                    "9 lives",
                    "rel_name",
                    "знает",
                    "z".repeat(100));

    private static final List<String> TEXTS =
            List.of("likes tea", "Likes Tea", "", " ", "ΟΔΟΣ", "\u007f\u0001", "a", "b", "c");

    private static final List<String> QUERIES =
            List.of("tea", "", "PERSON", "ann", "σας", "\n", "zzz", "😀");

    private final Random random;

    RandomCalls(long seed) {
        this.random = new Random(seed);
    }

    record Call(String tool, Map<String, Object> arguments) {}

    Call next() {
        int kind = random.nextInt(100);
        if (kind < 18) {
            return call("create_entities", "entities", some(4, this::entity));
        } else if (kind < 36) {
            return call("create_relations", "relations", some(5, this::relation));
        } else if (kind < 52) {
            return call("add_observations", "observations", some(2, () -> observed("contents")));
        } else if (kind < 58) {
            return call("delete_entities", "entityNames", some(2, () -> one(NAMES)));
        } else if (kind < 66) {
            return call(
                    "delete_observations", "deletions", some(2, () -> observed("observations")));
        } else if (kind < 75) {
            return call("delete_relations", "relations", some(6, this::relation));
        } else if (kind < 80) {
            return new Call("read_graph", Map.of());
        } else if (kind < 90) {
            return call("search_nodes", "query", one(QUERIES));
        }
        return call("open_nodes", "names", some(3, () -> one(NAMES)));
    }

    private static Call call(String tool, String field, Object value) {
        return new Call(tool, Map.of(field, value));
    }

    private Map<String, Object> entity() {
        Map<String, Object> entity = new LinkedHashMap<>();
        entity.put("name", one(NAMES));
        entity.put("entityType", one(TYPES));
        entity.put("observations", some(4, () -> one(TEXTS)));
        return entity;
    }

    private Map<String, Object> relation() {
        Map<String, Object> relation = new LinkedHashMap<>();
        relation.put("from", one(NAMES));
        relation.put("to", one(NAMES));
        relation.put("relationType", one(RELATIONS));
        return relation;
    }

    private Map<String, Object> observed(String field) {
        return Map.of("entityName", one(NAMES), field, some(3, () -> one(TEXTS)));
    }

    private <T> List<T> some(int most, Supplier<T> make) {
        return Stream.generate(make).limit(random.nextInt(most + 1)).toList();
    }

    private String one(List<String> pool) {
        return pool.get(random.nextInt(pool.size()));
    }
}
