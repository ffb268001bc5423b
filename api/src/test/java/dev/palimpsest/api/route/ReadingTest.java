package dev.palimpsest.api.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {

    private static final String SPACE = "/v1/spaces/acme";

    private static TestServer server;
    private static ApiClient client;

    /// When the store knew of Ann, of Bob too, and of Cat.
    private static final List<String> KNOWN = new ArrayList<>();

    /// The example of the design: `us` says Ann and then Bob, `web` says Cat in between.
    @BeforeAll
    static void tell() {
        server = new TestServer();
        client = server.client();
        client.put(SPACE, "{}").expecting(201);
        client.put(SPACE + "/predicates/ceo", "{\"functional\": true, \"object\": \"entity\"}")
                .expecting(200);
        client.put(SPACE + "/sources/us", "{\"kind\": \"person\"}").expecting(200);
        ceo("ann", "\"from\": \"2010-01-01T00:00:00Z\"", "us");
        ceo("bob", "\"from\": \"2015-01-01T00:00:00Z\", \"until\": null", "us");
        ceo(
                "cat",
                "\"from\": \"2014-01-01T00:00:00Z\", \"until\": \"2016-01-01T00:00:00Z\"",
                "web");
        for (var name : List.of("ann", "bob", "cat")) {
            client.post(
                            SPACE + "/entities",
                            "{\"id\": \"%s\", \"type\": \"Person\", \"name\": \"%s\", \"aliases\": [\"%s's\"], \"source\": \"us\"}"
                                    .formatted(name, capitalised(name), name))
                    .expecting(200);
        }
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static void ceo(String who, String valid, String source) {
        var body =
                "{\"subject\": \"acme\", \"predicate\": \"ceo\", \"object\": {\"entity\": \"%s\"}, \"valid\": {%s}, \"source\": \"%s\"}"
                        .formatted(who, valid, source);
        var receipt = client.post(SPACE + "/facts", body).expecting(200).json();
        KNOWN.add(receipt.at("/results/0/recorded").asText());
    }

    private static String capitalised(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static JsonNode items(String path) {
        return client.get(SPACE + path).expecting(200).json().path("items");
    }

    @ParameterizedTest
    @CsvSource({"0,ann", "1,bob", "2,cat"})
    void whatWasBelievedDependsOnWhatWasKnown(int known, String ceo) {
        var facts =
                items(
                        "/entities/acme/facts?predicate=ceo&at=2015-06-01T00:00:00Z&knownAt="
                                + KNOWN.get(known));
        assertThat(facts).hasSize(1);
        assertThat(facts.at("/0/object/entity").asText()).isEqualTo(ceo);
    }

    @ParameterizedTest
    @CsvSource({
        "2012-01-01T00:00:00Z,ann",
        "2014-01-01T00:00:00Z,cat",
        "2015-12-31T23:59:59.999999Z,cat",
        "2016-01-01T00:00:00Z,bob",
        "2016-01-01T02:00:00+02:00,bob"
    })
    void whatIsBelievedDependsOnValidTime(String at, String ceo) {
        var facts = items("/entities/acme/facts?predicate=ceo&at=" + at);
        assertThat(facts.at("/0/object/entity").asText()).isEqualTo(ceo);
    }

    @Test
    void factsHaveBothIntervals() {
        var fact = items("/entities/acme/facts?predicate=ceo").get(2);
        assertThat(fact.at("/valid/from").asText()).isEqualTo("2016-01-01T00:00:00Z");
        assertThat(fact.at("/valid/until").isNull()).isTrue();
        assertThat(fact.at("/recorded/from").asText()).isEqualTo(KNOWN.get(2));
        assertThat(fact.at("/recorded/until").isNull()).isTrue();
    }

    @Test
    void historyHasEveryVersionThatEverWas() {
        var versions = items("/entities/acme/history?predicate=ceo");
        assertThat(versions).hasSizeGreaterThan(3);
        assertThat(versions).anyMatch(version -> version.at("/recorded/until").isTextual());
        assertThat(items("/entities/acme/history?predicate=ceo&knownAt=" + KNOWN.getFirst()))
                .hasSize(1);
    }

    /// Also of versions that are not believed any more.
    @Test
    void historyAndFactsTellWhoSaidSo() {
        assertThat(items("/entities/acme/history?predicate=ceo"))
                .allSatisfy(version ->
                        assertThat(version.at("/saidBy/0").asText())
                                .isEqualTo(
                                        version.at("/object/entity").asText().equals("cat")
                                                ? "web"
                                                : "us"));
        assertThat(items("/entities/acme/facts?predicate=ceo&at=2014-06-01T00:00:00Z"))
                .allSatisfy(fact -> assertThat(fact.at("/saidBy")).hasSize(1));
    }

    @Test
    void aFactIsToldWithWhoSaysIt() {
        var id = items("/entities/acme/facts?predicate=ceo&at=2014-06-01T00:00:00Z").get(0);
        var fact = client.get(SPACE + "/facts/" + id.path("id").asText()).expecting(200).json();
        assertThat(fact.at("/object/entity").asText()).isEqualTo("cat");
        assertThat(fact.at("/assertions/0/source").asText()).isEqualTo("web");
        client.get(SPACE + "/facts/" + id.path("id").asText() + "?knownAt=" + KNOWN.getFirst())
                .expecting(404);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void neighboursAreTheEntitiesOneFactAway(int limit) {
        var found = new ArrayList<String>();
        for (var neighbour : all("/entities/acme/neighbours?limit=" + limit)) {
            found.add(
                    neighbour.path("direction").asText() + " " + neighbour.path("entity").asText());
        }
        assertThat(found).containsExactlyInAnyOrder("out ann", "out bob", "out cat");
        assertThat(all("/entities/bob/neighbours?limit=" + limit))
                .hasSize(1)
                .allMatch(neighbour -> neighbour.path("direction").asText().equals("in"));
        assertThat(all("/entities/bob/neighbours?at=2015-06-01T00:00:00Z&limit=" + limit))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void entitiesAreListedPageByPage(int limit) {
        assertThat(all("/entities?limit=" + limit))
                .extracting(entity -> entity.path("id").asText())
                .containsExactly("acme", "ann", "bob", "cat");
        assertThat(all("/entities?type=Person&limit=" + limit)).hasSize(3);
        assertThat(all("/entities?name=CA&limit=" + limit))
                .extracting(entity -> entity.path("id").asText())
                .containsExactly("cat");
        assertThat(all("/entities?knownAt=" + KNOWN.getFirst() + "&limit=" + limit)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"predicates", "sources"})
    void whatASpaceKnowsIsListedPageByPageByName(String what) {
        var names = new ArrayList<String>();
        all("/" + what + "?limit=1").forEach(one -> names.add(one.path("id").asText()));
        assertThat(names).isSorted().contains(what.equals("sources") ? "web" : "ceo");
        for (var name : names) {
            client.get(SPACE + "/" + what + "/" + name).expecting(200);
        }
    }

    @Test
    void predicatesTellHowTheyAreRegistered() {
        var ceo = client.get(SPACE + "/predicates/ceo").json();
        assertThat(ceo.path("functional").asBoolean()).isTrue();
        assertThat(ceo.path("object").asText()).isEqualTo("entity");
        assertThat(client.get(SPACE + "/sources/us").json().path("kind").asText())
                .isEqualTo("person");
    }

    @Test
    void spacesAreListed() {
        var page = client.get("/v1/spaces?limit=1").expecting(200).json();
        assertThat(page.at("/items/0/id").asText()).isEqualTo("acme");
        assertThat(page.path("bookmark").asText()).isEqualTo(server.ledger().head().toString());
    }

    @Test
    void idsWithUnusualCharactersAreFoundByPath() {
        client.post(
                        SPACE + "/memories",
                        "{\"id\": \"note/1 & più?\", \"text\": \"t\", \"source\": \"s\"}")
                .expecting(200);
        var memory = client.get(SPACE + "/memories/note%2F1%20%26%20pi%C3%B9%3F").expecting(200);
        assertThat(memory.json().path("id").asText()).isEqualTo("note/1 & più?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/entities",
                "/entities/acme",
                "/entities/acme/facts",
                "/entities/acme/history",
                "/entities/acme/neighbours"
            })
    void askedWhatWillBeKnownEveryReadingSaysThatItIsAsOfNow(String path) {
        assertThat(client.get(SPACE + path).expecting(200).headers())
                .doesNotContainKey(FutureNote.HEADER);
        assertThat(client.get(SPACE + path + "?knownAt=" + KNOWN.getLast()).headers())
                .doesNotContainKey(FutureNote.HEADER);
        var future = client.get(SPACE + path + "?knownAt=2999-01-01T00:00:00Z").expecting(200);
        assertThat(future.headers().get(FutureNote.HEADER)).contains("as of now");
        assertThat(future.json()).isEqualTo(client.get(SPACE + path).json());
    }

    /// All elements of a list, page by page.
    private static List<JsonNode> all(String path) {
        var elements = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = client.get(SPACE + path + cursor).expecting(200).json();
            page.path("items").forEach(elements::add);
            var next = page.path("next").asText("");
            cursor =
                    next.isEmpty()
                            ? ""
                            : "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        } while (!cursor.isEmpty());
        return elements;
    }
}
