package dev.palimpsest.api.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// openapi.yaml, and whether a request or an answer is as it says.
final class DescribedApi {

    private final JsonNode api = OpenApi.read();
    private final Set<String> operations = operationsOf(api);

    /// Made of parts of the description once, for that takes longer than a request.
    private final Map<JsonNode, Schema> schemas =
            Collections.synchronizedMap(new IdentityHashMap<>());

    private final SchemaRegistry registry =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /// One method of one path.
    record Operation(String method, String path, JsonNode item, JsonNode node) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    JsonNode root() {
        return api;
    }

    /// All operations, such as `GET /v1/spaces/{space}`.
    Set<String> operations() {
        return operations;
    }

    private static Set<String> operationsOf(JsonNode api) {
        var all = new TreeSet<String>();
        for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (!method.getKey().equals("parameters")) {
                    all.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            }
        }
        return all;
    }

    /// The operation that a request for `path` reaches; empty if none is described.
    Optional<Operation> find(String method, String path) {
        var segments = path.replaceFirst("\\?.*", "").split("/", -1);
        return operations().stream()
                .filter(name -> name.startsWith(method + " "))
                .map(name -> name.substring(method.length() + 1))
                .filter(template -> fits(template.split("/", -1), segments))
                .findFirst()
                .map(template -> operation(method, template));
    }

    private Operation operation(String method, String template) {
        var item = api.path("paths").path(template);
        return new Operation(method, template, item, item.path(method.toLowerCase(Locale.ROOT)));
    }

    private static boolean fits(String[] template, String[] segments) {
        if (template.length != segments.length) {
            return false;
        }
        for (int i = 0; i < segments.length; i++) {
            if (!template[i].startsWith("{") && !template[i].equals(segments[i])) {
                return false;
            }
        }
        return true;
    }

    /// The names of the query parameters an operation takes.
    Set<String> queryParameters(Operation operation) {
        var names = new HashSet<String>();
        for (var list : List.of(operation.item(), operation.node())) {
            for (var reference : list.path("parameters")) {
                var parameter = resolved(reference);
                if (parameter.path("in").asText().equals("query")) {
                    names.add(parameter.path("name").asText());
                }
            }
        }
        return names;
    }

    /// The schema of a query parameter, if the operation takes it.
    JsonNode querySchema(Operation operation, String name) {
        for (var list : List.of(operation.item(), operation.node())) {
            for (var reference : list.path("parameters")) {
                var parameter = resolved(reference);
                if (parameter.path("in").asText().equals("query")
                        && parameter.path("name").asText().equals(name)) {
                    return parameter.path("schema");
                }
            }
        }
        return MissingNode.getInstance();
    }

    /// The schema of a request body of that type.
    JsonNode requestSchema(Operation operation, String type) {
        return operation.node().path("requestBody").path("content").path(type).path("schema");
    }

    /// What an operation may answer with that status.
    JsonNode response(Operation operation, int status) {
        return resolved(operation.node().path("responses").path(Integer.toString(status)));
    }

    JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : api.at(reference.substring(1));
    }

    /// In what `value` is not as `schema` says.
    List<Error> flaws(JsonNode schema, JsonNode value) {
        return schemas.computeIfAbsent(schema, this::whole).validate(value);
    }

    private Schema whole(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", api.path("components"));
        return registry.getSchema(whole);
    }
}
