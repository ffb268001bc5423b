package dev.palimpsest.api.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palimpsest.model.Scope;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Two spaces filled alike, and all that the foreign one calls its things by. Whatever is foreign
/// has [#FOREIGN] in it, or is one of [#secrets].
final class TwoSpaces {

    static final String OWN = "okapi";
    static final String FOREIGN = "quagga";

    /// As long as [#FOREIGN], and nowhere.
    static final String NOWHERE = "zorses";

    static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int THINGS = 12;

    private final KeyedServer server;
    private final Map<Sort, List<String>> ids = new EnumMap<>(Sort.class);
    private final Set<String> secrets = new TreeSet<>();

    /// What an id names.
    enum Sort {
        SPACE,
        ENTITY,
        MEMORY,
        SOURCE,
        WORD,
        FACT,
        IMPORT,
        CURSOR,
        SESSION,
        KEY,
        REQUEST
    }

    TwoSpaces(KeyedServer server) {
        this.server = server;
        fill(OWN);
        fill(FOREIGN);
        gather();
    }

    /// What the foreign space calls things of that sort.
    List<String> ids(Sort sort) {
        return ids.computeIfAbsent(sort, _ -> new ArrayList<>());
    }

    /// What is in `text` of the foreign space, beside what the asker said; empty if nothing.
    String leaked(String text, String said) {
        var told = text.replace(said, "");
        int at = told.indexOf(FOREIGN);
        if (at >= 0) {
            return told.substring(Math.max(0, at - 60), Math.min(told.length(), at + 60));
        }
        var uuids = UUID.matcher(told);
        while (uuids.find()) {
            if (secrets.contains(uuids.group())) {
                return uuids.group();
            }
        }
        return "";
    }

    private void fill(String name) {
        var space = "/v1/spaces/space-" + name;
        send("PUT", space, "{}");
        send("PUT", space + "/predicates/likes" + name, "{\"symmetric\": true}");
        send("PUT", space + "/predicates/led" + name, "{\"causal\": true}");
        send("PUT", space + "/predicates/rank" + name, "{\"functional\": true}");
        var entities = new ArrayList<String>();
        var facts = new ArrayList<String>();
        var memories = new ArrayList<String>();
        for (int i = 0; i < THINGS; i++) {
            var source = "src-" + name + "-" + i % 3;
            entities.add(
                    """
                    {"id": "e-%1$s-%2$d", "type": "Type%1$s", "name": "Name %1$s %2$d", "aliases": ["alias %1$s %2$d"],
                     "description": "a %1$s of the herd", "place": {"lat": %2$d, "lon": 20}, "source": "%3$s"}
                    """
                            .formatted(name, i, source));
            facts.add(
                    fact(
                            name,
                            i,
                            "likes" + name,
                            "{\"entity\": \"e-%s-%d\"}".formatted(name, (i + 1) % THINGS),
                            source));
            facts.add(
                    fact(
                            name,
                            i,
                            "led" + name,
                            "{\"entity\": \"e-%s-%d\"}".formatted(name, (i + 5) % THINGS),
                            source));
            facts.add(fact(name, i, "rank" + name, "{\"number\": " + i + "}", source));
            facts.add(
                    fact(
                            name,
                            i,
                            "shared",
                            name.equals(OWN) ? "{\"string\": \"okapi\"}" : "{\"number\": 4}",
                            source));
            memories.add(
                    """
                    {"id": "m-%1$s-%2$d", "text": "The %1$s %2$d sleeps under the tree.", "occurred": "2026-01-%3$02dT09:00:00Z",
                     "session": "session-%1$s", "speaker": "Speaker %1$s", "agent": "agent-%1$s",
                     "mentions": ["e-%1$s-%2$d"], "source": "%4$s", "metadata": {"word": "%1$s"}}
                    """
                            .formatted(name, i, i + 1, source));
        }
        send("POST", space + "/entities", entities.toString());
        send("POST", space + "/facts", facts.toString());
        send("POST", space + "/memories", memories.toString());
        send(
                "POST",
                space + "/imports?format=ndjson&name=" + name + ".ndjson",
                "{\"" + name + "\": 1}\n");
        send(
                "POST",
                space + "/forget",
                "{\"memory\": \"m-%s-0\", \"reason\": \"%s\"}".formatted(name, name));
        server.sendWith(
                Map.of("Idempotency-Key", "request-" + name),
                "POST",
                space + "/facts",
                fact(
                        name,
                        1,
                        "likes" + name,
                        "{\"string\": \"" + name + "\"}",
                        "src-" + name + "-1"));
    }

    private static String fact(
            String name, int subject, String predicate, String object, String source) {
        return """
        {"subject": "e-%1$s-%2$d", "predicate": "%3$s", "object": %4$s, "source": "%5$s",
         "statement": "it is %1$s", "evidence": {"quote": "said the %1$s"}, "strength": 0.5}
        """
                .formatted(name, subject, predicate, object, source);
    }

    private void gather() {
        var space = "/v1/spaces/space-" + FOREIGN;
        ids(Sort.SPACE).add("space-" + FOREIGN);
        for (int i = 0; i < THINGS; i++) {
            ids(Sort.ENTITY).add("e-" + FOREIGN + "-" + i);
            ids(Sort.MEMORY).add("m-" + FOREIGN + "-" + i);
            ids(Sort.SOURCE).add("src-" + FOREIGN + "-" + i % 3);
            for (var fact :
                    get(space + "/entities/e-" + FOREIGN + "-" + i + "/history").path("items")) {
                ids(Sort.FACT).add(fact.path("id").asText());
                ids(Sort.FACT).add(fact.path("version").asText());
                get(space + "/facts/" + fact.path("id").asText())
                        .path("assertions")
                        .forEach(one -> ids(Sort.FACT).add(one.path("id").asText()));
            }
        }
        for (var word : List.of("likes", "led", "rank", "Type")) {
            ids(Sort.WORD).add(word + FOREIGN);
        }
        ids(Sort.WORD).add("likes" + FOREIGN + "__space-" + FOREIGN);
        ids(Sort.WORD).add("shared__space-" + FOREIGN);
        get(space + "/imports")
                .path("items")
                .forEach(one -> ids(Sort.IMPORT).add(one.path("id").asText()));
        for (var list :
                List.of(
                        "/predicates",
                        "/sources",
                        "/entities",
                        "/entities/e-quagga-1/facts",
                        "/entities/e-quagga-1/history",
                        "/entities/e-quagga-1/neighbours",
                        "/forgotten")) {
            var next = get(space + list + "?limit=1").path("next").asText();
            if (!next.isEmpty()) {
                ids(Sort.CURSOR).add(next);
            }
        }
        var theirs = server.key("space-" + FOREIGN, Scope.values());
        ids(Sort.KEY).add(theirs.substring(4, 12));
        ids(Sort.SESSION).add(new RawAgent(server.url(), "/mcp", theirs).session());
        ids(Sort.SESSION)
                .add(
                        new RawAgent(server.url(), "/mcp/memory?space=space-" + FOREIGN, theirs)
                                .session());
        ids(Sort.REQUEST).add("request-" + FOREIGN);
        secrets.addAll(ids(Sort.FACT));
        secrets.addAll(ids(Sort.IMPORT));
        secrets.addAll(ids(Sort.SESSION));
        assertThat(ids).hasSize(Sort.values().length);
    }

    private JsonNode get(String path) {
        return send("GET", path, "");
    }

    private JsonNode send(String method, String path, String body) {
        var reply = server.asRoot(method, path, body);
        var text = new String(reply.body(), UTF_8);
        assertThat(reply.statusCode()).as("%s: %s", path, text).isBetween(200, 202);
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
