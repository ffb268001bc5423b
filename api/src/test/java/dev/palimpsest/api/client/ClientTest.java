package dev.palimpsest.api.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.api.Server;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.wire.AnswerBody;
import dev.palimpsest.api.wire.ContextBody;
import dev.palimpsest.api.wire.FactBody;
import dev.palimpsest.api.wire.ForgetBody;
import dev.palimpsest.api.wire.ForgottenBody;
import dev.palimpsest.api.wire.GremlinQuestionBody;
import dev.palimpsest.api.wire.HitBody;
import dev.palimpsest.api.wire.KeyBody;
import dev.palimpsest.api.wire.NewKeyBody;
import dev.palimpsest.api.wire.ProjectionBody;
import dev.palimpsest.api.wire.ReceiptBody.ResultBody;
import dev.palimpsest.api.wire.SpaceBody;
import dev.palimpsest.api.wire.WireJson;
import dev.palimpsest.relational.TestDatabases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the client gives of a real store is what is there.
class ClientTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir private static Path folder;

    private static final AtomicInteger SPACES = new AtomicInteger();
    private static Server server;
    private static Client client;

    private SpaceClient space;

    @BeforeAll
    static void open() {
        var postgres =
                new Settings.Postgres(TestDatabases.freshUrl(), Optional.empty(), Optional.empty());
        var data = folder.resolve("data");
        server = Server.start(new Settings(data, "127.0.0.1", 0, Optional.of(postgres)), "serve");
        assertThat(server.awaitReady()).isTrue();
        client = new Client(server.url());
    }

    @BeforeEach
    void takeASpaceOfItsOwn() {
        space = client.space("space-" + SPACES.incrementAndGet());
    }

    @AfterAll
    static void close() {
        client.close();
        server.close();
    }

    @Test
    void aSpaceIsMadeAndDescribed() {
        assertThatThrownBy(space::describe)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.status()).isEqualTo(404));
        var made = space.make(true);
        assertThat(made.strict()).isTrue();
        assertThat(space.describe()).isEqualTo(made);
        assertThat(client.spaces()).contains(made);
        assertThat(client.spaces().map(SpaceBody::id)).isSorted();
    }

    @Test
    void whatIsWrittenIsFoundCountedAndTold() {
        tell();
        var answer =
                space.retrieve(question("{'why': {'causesOf': 'b', 'hops': 2}, 'explain': true}"));
        assertThat(answer.hits()).extracting(HitBody::id).contains("a");
        assertThat(answer.hits().getFirst().path())
                .first()
                .satisfies(step -> assertThat(step.effect()).isEqualTo("b"));
        assertThat(answer.explain()).isNotEmpty();
        assertThat(answer.truncated()).isFalse();

        var counted = space.count(question("{'by': 'type', 'kinds': ['entity']}"));
        assertThat(counted.groups()).extracting(group -> group.key()).containsExactly("Quake");
        assertThat(counted.total()).isEqualTo(2);

        var context =
                space.context(question("{'what': {'text': 'harbour at dawn'}, 'tokens': 100}"));
        assertThat(context.text()).contains("a harbour at dawn");
        assertThat(context.items()).extracting(item -> item.memory()).containsExactly("m-1");
    }

    @Test
    void anAnswerReadAndWrittenAgainIsWhatTheServerSent() throws IOException {
        tell();
        assertSame("/retrieve", "{'what': {'text': 'harbour'}, 'explain': true}", AnswerBody.class);
        assertSame("/retrieve", "{'why': {'causesOf': 'b'}}", AnswerBody.class);
        assertSame("/retrieve", "{'what': {'text': 'magnitude'}}", AnswerBody.class);
        assertSame("/context", "{'what': {'text': 'dawn'}, 'facts': true}", ContextBody.class);
        var path = space.path() + "/entities/a/facts";
        var sent = client.http().get(path).path("items");
        var read = client.http().list(path, FactBody.class).toList();
        assertThat(WireJson.text(read)).isEqualTo(sent.toString());
        assertThat(read).extracting(FactBody::predicate).contains("led", "magnitude");
    }

    private void assertSame(String path, String question, Class<?> body) throws IOException {
        var sent = client.http().post(space.path() + path, question(question)).toString();
        var read = WireJson.read(sent.getBytes(StandardCharsets.UTF_8), body);
        assertThat(WireJson.text(read)).isEqualTo(sent);
    }

    @Test
    void gremlinGivesValuesOfEveryKind() {
        tell();
        assertThat(gremlin("g.V().has('name', 'A').values('name')")).containsExactly("A");
        assertThat(gremlin("g.V().hasLabel('Quake').count()")).containsExactly(2);
        assertThat(gremlin("g.V().has('name', 'A').project('n').by('name')"))
                .containsExactly(Map.of("n", "A"));
    }

    private List<Object> gremlin(String text) {
        return space.gremlin(new GremlinQuestionBody(text, null, null)).values();
    }

    @Test
    void anImportIsFollowedAndWhatItRefusesIsListed() throws Exception {
        space.make(false);
        var file = folder.resolve("lines.ndjson");
        Files.writeString(
                file,
                """
                {"memory": {"id": "m-1", "text": "one", "source": "us"}}
                {"memory": {"id": "m-2", "text": "two"}}
                not JSON
                """);
        var job = space.ingest(file, DataDescription.named("lines.ndjson"));
        while (List.of("queued", "running").contains(job.state())) {
            Thread.sleep(20);
            job = space.importNow(job.id());
        }
        assertThat(job.state()).isEqualTo("done");
        assertThat(job.written()).isEqualTo(1);
        assertThat(job.rejected()).isEqualTo(2);
        var rejected = space.rejected(job.id(), 10);
        assertThat(rejected).extracting(one -> one.line()).containsExactly(2L, 3L);
        assertThat(rejected.getFirst().field()).isEqualTo("memory.source");
        assertThat(space.rejected(job.id(), 1)).hasSize(1);
    }

    @Test
    void whatIsForgottenIsReportedListedAndLifted() {
        tell();
        var what = ForgetBody.memory("m-1", "it was private");
        assertThat(space.forget(what.asDryRun()).forgotten()).isFalse();
        var report = space.forget(what);
        assertThat(report.forgotten()).isTrue();
        assertThat(report.touched()).isNotEmpty();
        assertThat(space.forgotten()).extracting(ForgottenBody::kind).containsExactly("memory");
        space.lift(what);
        assertThat(space.forgotten()).allSatisfy(one -> assertThat(one.lifted()).isNotNull());
    }

    @Test
    void listsAreReadToTheirEnd() {
        space.make(false);
        for (int i = 0; i < 5; i++) {
            var array = JSON.createArrayNode();
            for (int j = 0; j < 500; j++) {
                array.add(entity("e-" + i + "-" + j, "E"));
            }
            space.entities(array);
        }
        var ids =
                client.http()
                        .list(space.path() + "/entities?type=Quake", JsonNode.class)
                        .map(entity -> entity.path("id").asText());
        assertThat(ids).hasSize(2_500).doesNotHaveDuplicates();
    }

    @Test
    void keysAreMadeListedAndRevoked() {
        var wanted = new NewKeyBody("scribe", List.of("read", "write"), List.of("s"), null, 60);
        var made = client.makeKey(wanted);
        assertThat(made.key()).startsWith("pal_" + made.id());
        var listed = client.keys().filter(key -> key.id().equals(made.id())).toList();
        assertThat(listed).extracting(KeyBody::key).containsExactly((String) null);
        assertThat(listed.getFirst().scopes()).containsExactly("read", "write");
        assertThat(listed.getFirst().requestsPerMinute()).isEqualTo(60);
        assertThat(client.revokeKey(made.id()).revoked()).isNotNull();
    }

    @Test
    void theAuditLogIsReadAndVerified() {
        space.make(false);
        var found = client.verifyAudit();
        assertThat(found.flaw()).isNull();
        assertThat(client.audit().map(row -> row.sha256())).contains(found.head());
    }

    @Test
    void projectionsAreListedVerifiedAndMadeAnew() throws InterruptedException {
        tell();
        assertThat(client.readiness().ready()).isTrue();
        assertThat(client.projections()).extracting(ProjectionBody::name).contains("text");
        assertThat(client.rebuild("text")).extracting(ProjectionBody::name).contains("text");
        while (!client.projections().stream().allMatch(ProjectionBody::following)) {
            Thread.sleep(20);
        }
        var found = client.verify("text");
        assertThat(found.differences()).as("%s", found.examples()).isZero();
        assertThat(found.compared()).isPositive();
    }

    @Test
    void aSpaceIsExportedForgottenAndTakenIn() throws IOException {
        tell();
        var archive = folder.resolve("space.zip");
        space.export(archive);
        var everything = ForgetBody.everything("it moves");
        space.forget(everything);
        space.lift(everything);
        var taken = client.takeIn(archive);
        assertThat(Client.segment(taken.space())).isEqualTo(space.path().replaceAll(".*/", ""));
        assertThat(taken.rows()).isPositive();
        var count = question("{'by': 'type', 'kinds': ['entity']}").put("after", taken.bookmark());
        assertThat(space.count(count).total()).isEqualTo(2);
    }

    private void tell() {
        space.make(false);
        client.http().put(space.path() + "/predicates/led", question("{'causal': true}"));
        space.entities(JSON.createArrayNode().add(entity("a", "A")).add(entity("b", "B")));
        space.facts(
                JSON.createArrayNode()
                        .add(
                                question(
                                        "{'subject': 'a', 'predicate': 'led', 'object': {'entity': 'b'},"
                                                + " 'valid': {'from': '2018-02-04T13:56:40Z'}, 'source':"
                                                + " 'us', 'strength': 0.997, 'delay': {'mean': 'PT49H'}}"))
                        .add(
                                question(
                                        "{'subject': 'a', 'predicate': 'magnitude', 'object': {'number':"
                                                + " 6.40}, 'valid': {'from': '2018-02-04T13:56:40Z'},"
                                                + " 'source': 'us'}")));
        var receipt = space.memories(memory("m-1", "a harbour at dawn"));
        assertThat(receipt.results()).extracting(ResultBody::status).containsExactly("written");
    }

    private static ObjectNode entity(String id, String name) {
        return question(
                "{'id': '%s', 'type': 'Quake', 'name': '%s', 'source': 'us'}".formatted(id, name));
    }

    private static ObjectNode memory(String id, String text) {
        return question(
                "{'id': '%s', 'text': '%s', 'source': 'us', 'metadata': {'n': 1.5}}"
                        .formatted(id, text));
    }

    private static ObjectNode question(String text) {
        try {
            return JSON.readValue(text.replace('\'', '"'), ObjectNode.class);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }
}
