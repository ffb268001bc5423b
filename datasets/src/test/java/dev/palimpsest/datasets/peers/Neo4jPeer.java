package dev.palimpsest.datasets.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palimpsest.question.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Neo4j Community, embedded in a process of its own: no network between question and answer but a
/// pipe.
final class Neo4jPeer implements Peer {

    private static final String LOGS = "transactions";

    private static final List<String> FIRST =
            List.of(
                    "CREATE CONSTRAINT entity FOR (e:Entity) REQUIRE e.number IS UNIQUE",
                    "CREATE INDEX fact FOR (d:Fact) ON (d.no)",
                    "CALL db.awaitIndexes(600)");

    private static final List<String> LAST =
            List.of(
                    "CREATE POINT INDEX memoryWhere FOR (d:Memory) ON (d.point)",
                    "CREATE POINT INDEX placeWhere FOR (d:Place) ON (d.point)",
                    "CREATE INDEX docWhen FOR (d:Doc) ON (d.validFrom)",
                    "CREATE INDEX memoryWhen FOR (d:Memory) ON (d.validFrom)",
                    "CREATE INDEX factWhen FOR (d:Fact) ON (d.validFrom)",
                    """
                    CREATE FULLTEXT INDEX words FOR (d:Doc) ON EACH [d.text, d.names, d.key]
                    OPTIONS {indexConfig: {`fulltext.analyzer`: 'english'}}\
                    """,
                    """
                    CYPHER 25
                    CREATE VECTOR INDEX meaning FOR (d:Doc) ON d.vector
                    WITH [d.validFrom, d.validUntil, d.recFrom, d.recUntil]
                    OPTIONS {indexConfig: {`vector.dimensions`: 384, `vector.similarity_function`: 'cosine'}}\
                    """,
                    "CALL db.awaitIndexes(7200)");

    private static final String ENTITIES = "UNWIND $numbers AS n MERGE (:Entity {number: n})";

    private static final Map<Kind, String> ROWS =
            Map.of(
                    Kind.ENTITY,
                    """
                    UNWIND $rows AS r
                    MATCH (e:Entity {number: r.doc.subject})
                    CREATE (d:Doc:Profile)-[:OF]->(e)
                    SET d = r.doc\
                    """,
                    Kind.FACT,
                    """
                    UNWIND $rows AS r
                    MATCH (e:Entity {number: r.doc.subject})
                    CREATE (d:Doc:Fact)-[:SUBJECT]->(e)
                    SET d = r.doc
                    WITH e, d, r
                    CALL (e, d, r) {
                      WITH * WHERE r.latitude IS NOT NULL
                      SET d:Place, d.point = point({latitude: r.latitude, longitude: r.longitude})
                      CREATE (d)-[:AT]->(e)
                    }
                    WITH e, d, r
                    CALL (e, d, r) {
                      WITH * WHERE r.strength IS NOT NULL
                      MATCH (o:Entity {number: r.object})
                      CREATE (e)-[:LED_TO {no: d.no, strength: r.strength, recFrom: d.recFrom, recUntil: d.recUntil}]->(o)
                    }\
                    """,
                    Kind.MEMORY,
                    """
                    UNWIND $rows AS r
                    CREATE (d:Doc:Memory)
                    SET d = r.doc, d.point = point({latitude: r.latitude, longitude: r.longitude})
                    WITH d, r UNWIND r.mentions AS n
                    MATCH (e:Entity {number: n})
                    CREATE (d)-[:MENTIONS]->(e)\
                    """);

    private final JsonMapper json = JsonMapper.builder().build();
    private final Path folder;
    private final LineProcess process;
    private long rows;

    private Neo4jPeer(Path folder, LineProcess process) {
        this.folder = folder;
        this.process = process;
    }

    /// Opens an empty one; Maven fetches what it needs.
    ///
    /// @param folder its own; must not be there yet
    /// @param datasets the folder of this room in the source tree
    static Neo4jPeer make(Path folder, Path datasets) throws IOException, InterruptedException {
        var peer = new Neo4jPeer(folder, Neo4jProgram.started(folder, datasets));
        FIRST.forEach(cypher -> peer.run(cypher, Map.of()));
        return peer;
    }

    @Override
    public String name() {
        return "Neo4j";
    }

    @Override
    public void add(List<PeerRow> batch) {
        var numbers =
                batch.stream()
                        .flatMap(row ->
                                Stream.concat(
                                        row.kind() == Kind.MEMORY
                                                ? row.mentions().stream()
                                                : Stream.of(row.subject()),
                                        row.object().stream().boxed()))
                        .distinct()
                        .toList();
        run(ENTITIES, Map.of("numbers", numbers));
        for (var kind : KINDS) {
            var some = batch.stream().filter(row -> row.kind() == kind).map(this::values).toList();
            if (!some.isEmpty()) {
                run("CYPHER 25\n" + ROWS.get(kind), Map.of("rows", some));
            }
        }
    }

    private Map<String, Object> values(PeerRow row) {
        rows++;
        Map<String, Object> doc = new HashMap<>();
        doc.put("no", rows);
        doc.put("key", "n" + rows);
        doc.put("id", row.id().toString());
        doc.put("kind", KINDS.indexOf(row.kind()));
        doc.put("subject", row.subject());
        doc.put("validFrom", row.validFrom());
        doc.put("validUntil", row.validUntil());
        doc.put("recFrom", row.recordedFrom());
        doc.put("recUntil", row.recordedUntil());
        doc.put("text", row.text());
        doc.put("names", row.names());
        row.meaning()
                .ifPresent(meaning ->
                        doc.put(
                                "vector",
                                IntStream.range(0, meaning.dimensions())
                                        .mapToObj(i -> (int) meaning.component(i))
                                        .toList()));
        Map<String, Object> values = new HashMap<>();
        values.put("doc", doc);
        values.put("mentions", row.mentions());
        row.object().ifPresent(object -> values.put("object", object));
        row.strength().ifPresent(strength -> values.put("strength", strength));
        row.point()
                .ifPresent(point -> {
                    values.put("latitude", point.latitude());
                    values.put("longitude", point.longitude());
                });
        return values;
    }

    @Override
    public void finishLoading() {
        LAST.forEach(cypher -> run(cypher, Map.of()));
    }

    @Override
    public List<Found> ask(PeerQuestion question) {
        var best = Cypher.best(question);
        var found = new ArrayList<Found>();
        for (var row : run(best.text(), best.values())) {
            found.add(
                    new Found(
                            UUID.fromString(row.get("id").asText()),
                            KINDS.get(row.get("kind").asInt()),
                            row.get("subject").asLong(),
                            row.get("score").asDouble()));
        }
        return found;
    }

    @Override
    public Set<UUID> passing(PeerQuestion question) {
        var passing = Cypher.passing(question, "UNWIND passing AS p RETURN p.d.id AS id");
        Set<UUID> ids = new HashSet<>();
        run(passing.text(), passing.values())
                .forEach(row -> ids.add(UUID.fromString(row.get("id").asText())));
        return ids;
    }

    private JsonNode run(String cypher, Map<String, Object> values) {
        try {
            var answer =
                    json.readTree(
                            process.ask(
                                    json.writeValueAsString(
                                            Map.of("cypher", cypher, "values", values))));
            if (answer.has("error")) {
                throw new IllegalStateException(
                        "Neo4j refuses: " + cypher + "\n" + answer.get("error").asText());
            }
            return answer.get("rows");
        } catch (IOException e) {
            throw new IllegalStateException("Neo4j does not answer: " + cypher, e);
        }
    }

    @Override
    public Duration cpu() {
        return process.cpu();
    }

    @Override
    public Map<String, Long> disk() {
        process.close();
        var parts = new TreeMap<String, Long>();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                var inside = folder.relativize(file).toString();
                String part =
                        inside.contains(LOGS)
                                ? "transaction logs"
                                : inside.contains("schema") ? "indexes" : "store";
                parts.merge(part, Files.size(file), Long::sum);
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot look into " + folder, e);
        }
        return parts;
    }

    @Override
    public String query(PeerQuestion question) {
        return Cypher.best(question).text();
    }

    @Override
    public void close() {
        process.close();
    }
}
