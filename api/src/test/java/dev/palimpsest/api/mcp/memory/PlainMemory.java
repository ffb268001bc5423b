package dev.palimpsest.api.mcp.memory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// What the nine tools mean, in lists: each call is given and answers plain JSON values.
final class PlainMemory {

    private final List<Map<String, Object>> entities = new ArrayList<>();
    private final List<Map<String, Object>> relations = new ArrayList<>();

    /// An entity that is not there was to be added to.
    static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Missing(Object name) {
            super("Entity with name " + name + " not found");
        }
    }

    Object call(String tool, Map<String, Object> given) {
        return switch (tool) {
            case "create_entities" -> Map.of("entities", createEntities(list(given, "entities")));
            case "create_relations" ->
                    Map.of("relations", createRelations(list(given, "relations")));
            case "add_observations" -> Map.of("results", add(list(given, "observations")));
            case "delete_entities" -> deleteEntities(texts(given, "entityNames"));
            case "delete_observations" -> deleteObservations(list(given, "deletions"));
            case "delete_relations" -> deleteRelations(list(given, "relations"));
            case "read_graph" -> graph(entities, relations);
            case "search_nodes" -> search(String.valueOf(get(given, "query")));
            case "open_nodes" -> open(texts(given, "names"));
            default -> throw new IllegalArgumentException(tool);
        };
    }

    private List<Map<String, Object>> createEntities(List<Map<String, Object>> given) {
        var fresh =
                given.stream()
                        .filter(one -> entities.stream().noneMatch(it -> same(it, one, "name")))
                        .toList();
        fresh.forEach(one -> {
            var entity = new LinkedHashMap<>(one);
            entity.put("observations", new ArrayList<>(texts(one, "observations")));
            entities.add(entity);
        });
        return fresh;
    }

    private List<Map<String, Object>> createRelations(List<Map<String, Object>> given) {
        var fresh = given.stream().filter(one -> !relations.contains(one)).toList();
        relations.addAll(fresh);
        return fresh;
    }

    private List<Map<String, Object>> add(List<Map<String, Object>> given) {
        for (var one : given) {
            if (entities.stream().noneMatch(it -> get(it, "name").equals(get(one, "entityName")))) {
                throw new Missing(get(one, "entityName"));
            }
        }
        List<Map<String, Object>> results = new ArrayList<>();
        for (var one : given) {
            var observations = observations(first(get(one, "entityName")));
            var known = new HashSet<>(observations);
            var fresh = texts(one, "contents").stream().filter(it -> !known.contains(it)).toList();
            observations.addAll(fresh);
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("entityName", get(one, "entityName"));
            result.put("addedObservations", fresh);
            results.add(result);
        }
        return results;
    }

    private Object deleteEntities(List<String> names) {
        entities.removeIf(one -> names.contains(get(one, "name")));
        relations.removeIf(
                one -> names.contains(get(one, "from")) || names.contains(get(one, "to")));
        return Map.of("success", true, "message", "Entities deleted successfully");
    }

    private Object deleteObservations(List<Map<String, Object>> given) {
        for (var one : given) {
            entities.stream()
                    .filter(it -> get(it, "name").equals(get(one, "entityName")))
                    .findFirst()
                    .ifPresent(it -> observations(it).removeAll(texts(one, "observations")));
        }
        return Map.of("success", true, "message", "Observations deleted successfully");
    }

    private Object deleteRelations(List<Map<String, Object>> given) {
        relations.removeAll(given);
        return Map.of("success", true, "message", "Relations deleted successfully");
    }

    private Object search(String query) {
        var folded = query.toLowerCase(Locale.ROOT);
        return with(
                entities.stream()
                        .filter(one ->
                                has(get(one, "name"), folded)
                                        || has(get(one, "entityType"), folded)
                                        || observations(one).stream()
                                                .anyMatch(it -> has(it, folded)))
                        .toList());
    }

    private static boolean has(Object text, String folded) {
        return String.valueOf(text).toLowerCase(Locale.ROOT).contains(folded);
    }

    private Object open(List<String> names) {
        return with(entities.stream().filter(one -> names.contains(get(one, "name"))).toList());
    }

    private Object with(List<Map<String, Object>> found) {
        var names = found.stream().map(one -> get(one, "name")).toList();
        return graph(
                found,
                relations.stream()
                        .filter(one ->
                                names.contains(get(one, "from")) || names.contains(get(one, "to")))
                        .toList());
    }

    private static Object graph(Object entities, Object relations) {
        Map<String, Object> graph = new LinkedHashMap<>();
        graph.put("entities", entities);
        graph.put("relations", relations);
        return graph;
    }

    private Map<String, Object> first(Object name) {
        return entities.stream()
                .filter(one -> get(one, "name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Object get(Map<String, Object> one, String field) {
        return Objects.requireNonNull(one.get(field), field);
    }

    private static boolean same(Map<String, Object> one, Map<String, Object> other, String field) {
        return get(one, field).equals(get(other, field));
    }

    @SuppressWarnings("unchecked")
    private static List<String> observations(Map<String, Object> entity) {
        return (List<String>) get(entity, "observations");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> given, String field) {
        return (List<Map<String, Object>>) get(given, field);
    }

    @SuppressWarnings("unchecked")
    private static List<String> texts(Map<String, Object> given, String field) {
        return (List<String>) get(given, field);
    }
}
