package dev.palimpsest.api.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What a file that says several things in turn of one functional predicate, and calls an entity by
/// two names one after the other, does when it is read again.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameFileAgainTest {

    private static final String FACT =
            "{\"fact\": {\"subject\": \"%s\", \"predicate\": \"worksFor\", \"object\": {\"entity\": \"%s\"}, \"valid\": {\"from\": \"%d-01-01T00:00:00Z\"}, \"source\": \"hr\"}}\n";
    private static final String ENTITY =
            "{\"entity\": {\"id\": \"ann\", \"type\": \"Person\", \"name\": \"%s\", \"aliases\": [\"%s\"], \"source\": \"hr\"}}\n";
    private static final String FILE =
            "{\"predicate\": {\"id\": \"worksFor\", \"functional\": true}}\n"
                    + FACT.formatted("ann", "acme", 2020)
                    + ENTITY.formatted("Ann", "annie")
                    + FACT.formatted("ann", "bolt", 2024)
                    + "no json\n"
                    + FACT.formatted("bob", "acme", 2020)
                    + FACT.formatted("bob", "acme", 2021)
                    + ENTITY.formatted("Ann Bolt", "annie b.")
                    + "{\"memory\": {\"text\": \"Ann left acme\", \"source\": \"hr\"}}\n";
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final TestServer server = new TestServer();
    private final ApiClient client = server.client();
    private String space = "";
    private int spaces;

    @BeforeEach
    void makeASpace() {
        space = "/v1/spaces/again-" + spaces++;
        client.put(space, "{}").expecting(201);
    }

    @AfterAll
    void close() {
        server.close();
    }

    private JsonNode taken(String name, String file) {
        var reply =
                client.send(
                        "POST",
                        space + "/imports?name=" + name,
                        file,
                        Map.of("Content-Type", "application/octet-stream"));
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        var path = reply.headers().getOrDefault("Location", "");
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            var job = client.get(path).expecting(200).json();
            if (job.path("state").asText().equals("done")) {
                return job;
            }
            assertThat(System.nanoTime()).as(job.toString()).isLessThan(deadline);
        }
    }

    private List<JsonNode> history(String entity) {
        List<JsonNode> items = new ArrayList<>();
        client.get(space + "/entities/" + entity + "/history?limit=1000")
                .expecting(200)
                .json()
                .path("items")
                .forEach(items::add);
        return items;
    }

    private List<String> believed(String entity) {
        List<String> items = new ArrayList<>();
        client.get(space + "/entities/" + entity + "/facts?predicate=worksFor")
                .expecting(200)
                .json()
                .path("items")
                .forEach(fact -> items.add(fact.path("object") + " " + fact.path("valid")));
        return items;
    }

    private void retract(String entity, String company) {
        var facts =
                client.get(space + "/entities/" + entity + "/facts?predicate=worksFor")
                        .json()
                        .path("items");
        for (var fact : facts) {
            if (fact.at("/object/entity").asText().equals(company)) {
                client.post(
                                space + "/facts/" + fact.path("id").asText() + "/retract",
                                "{\"source\": \"hr\", \"reason\": \"a mistake\"}")
                        .expecting(200);
                return;
            }
        }
        throw new AssertionError("not believed: " + company + " of " + facts);
    }

    @Test
    void changesNothingAndNamesAgainWhatItCannotRead() {
        var first = taken("a.ndjson", FILE);
        assertThat(first.path("accepted").asInt()).as(first.toString()).isEqualTo(8);
        var before = history("ann");
        long head = head();
        for (var name : List.of("a.ndjson", "of-another-name.ndjson")) {
            var again = taken(name, FILE);
            assertThat(again.path("written").asInt()).as(again.toString()).isZero();
            assertThat(again.path("unchanged").asInt()).isEqualTo(8);
            assertThat(again.path("rejected").asInt()).isEqualTo(1);
            var rejected = "/imports/" + again.path("id").asText() + "/rejected";
            assertThat(client.get(space + rejected).text()).contains("\"line\":5", "no json");
        }
        assertThat(history("ann")).isEqualTo(before);
        assertThat(head()).isEqualTo(head);
    }

    @Test
    void saysAgainWhatWasTakenBackSince() {
        taken("a.ndjson", FILE);
        var before = believed("ann");
        retract("ann", "acme");
        assertThat(believed("ann")).isNotEqualTo(before);
        assertThat(taken("a.ndjson", FILE).path("written").asInt()).isPositive();
        assertThat(believed("ann")).isEqualTo(before);
    }

    @Test
    void saysAgainWhatAnotherFileSaidOtherwiseSince() {
        client.put(space + "/predicates/worksFor", "{\"functional\": true}").expecting(200);
        taken("day-1.ndjson", FACT.formatted("ann", "acme", 2020));
        taken("day-2.ndjson", FACT.formatted("ann", "bolt", 2020));
        assertThat(believed("ann")).hasSize(1).first().asString().contains("bolt");
        taken("day-3.ndjson", FACT.formatted("ann", "acme", 2020));
        assertThat(believed("ann")).hasSize(1).first().asString().contains("acme");
    }

    @Test
    void writesWhatTheLedgerRefusedBeforeAndWouldTakeNow() {
        var strict = space + "-strict";
        client.put(strict, "{\"strict\": true}").expecting(201);
        space = strict;
        var file = FACT.formatted("ann", "acme", 2020);
        assertThat(taken("a.ndjson", file).path("rejected").asInt()).isEqualTo(1);
        for (var id : List.of("ann", "acme")) {
            client.post(
                            space + "/entities",
                            "{\"id\": \"%s\", \"name\": \"%s\", \"source\": \"hr\"}"
                                    .formatted(id, id))
                    .expecting(200);
        }
        client.put(space + "/predicates/worksFor", "{\"functional\": true}").expecting(200);
        assertThat(taken("a.ndjson", file).path("written").asInt()).isEqualTo(1);
    }

    private long head() {
        return server.ledger().head().position().number();
    }
}
