package dev.palimpsest.datasets.peers.neo4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.GraphDatabaseService;

/// Neo4j Community in this process, asked by lines: `{"cypher": ..., "values": {...}}` comes in,
/// `{"rows": [...]}` or `{"error": ...}` goes out. Ends with the input.
public final class CypherProcess {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long PAGE_CACHE_BYTES = 512L << 20;

    private CypherProcess() {}

    /// @param arguments the database's folder
    public static void main(String[] arguments) throws IOException {
        // Whatever else this process says must not come between the answers.
        var answers = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        System.setOut(System.err);
        var management =
                new DatabaseManagementServiceBuilder(Path.of(arguments[0]))
                        .setConfig(GraphDatabaseSettings.pagecache_memory, PAGE_CACHE_BYTES)
                        .build();
        try (var lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            var database = management.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME);
            answers.println("{\"rows\": []}");
            answers.flush();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.println(JSON.writeValueAsString(answer(database, JSON.readTree(line))));
                answers.flush();
            }
        } finally {
            management.shutdown();
        }
        System.exit(0);
    }

    private static Map<String, Object> answer(GraphDatabaseService database, JsonNode asked) {
        Map<String, Object> values = new HashMap<>();
        asked.get("values").properties().forEach(one -> values.put(one.getKey(), value(one)));
        try (var transaction = database.beginTx()) {
            var rows = new ArrayList<Map<String, Object>>();
            try (var result = transaction.execute(asked.get("cypher").asText(), values)) {
                result.forEachRemaining(rows::add);
            }
            transaction.commit();
            return Map.of("rows", rows);
        } catch (RuntimeException e) {
            return Map.of("error", String.valueOf(e.getMessage()));
        }
    }

    /// A list of numbers named `vector` is one, and kept as floats.
    private static Object value(Map.Entry<String, JsonNode> named) {
        if (named.getKey().equals("vector") && named.getValue().isArray()) {
            float[] vector = new float[named.getValue().size()];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) named.getValue().get(i).asDouble();
            }
            return vector;
        }
        return value(named.getValue());
    }

    private static Object value(JsonNode node) {
        if (node.isArray()) {
            List<Object> values = new ArrayList<>(node.size());
            node.forEach(one -> values.add(value(one)));
            return values;
        }
        if (node.isObject()) {
            Map<String, Object> values = new HashMap<>();
            node.properties().forEach(one -> values.put(one.getKey(), value(one)));
            return values;
        }
        if (node.isTextual()) {
            return node.asText();
        }
        if (node.isIntegralNumber()) {
            return node.asLong();
        }
        return node.isNull() ? null : node.asDouble();
    }
}
