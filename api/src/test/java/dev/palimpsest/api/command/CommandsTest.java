package dev.palimpsest.api.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.api.DataFolder;
import dev.palimpsest.api.DataFolders;
import dev.palimpsest.api.Failure;
import dev.palimpsest.api.Server;
import dev.palimpsest.api.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/// The commands, typed at a folder that is served, and at one that is not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CommandsTest {

    private static final String LINES =
            """
            {"entity": {"id": "ann", "type": "Person", "name": "Ann Lee", "place": {"lat": 24.1, "lon": 121.7}, "source": "me"}}
            {"entity": {"id": "bob", "type": "Person", "name": "Bob Ray", "source": "me"}}

            {"fact": {"subject": "ann", "predicate": "knows", "object": {"entity": "bob"}, "valid": {"from": "2020-01-01T00:00:00Z"}, "source": "me"}}
            {"fact": {"subject": "ann", "predicate": "knows", "object": {"entity": "bob"}, "valid": {"from": "2020-01-01T00:00:00Z", "until": "2019-01-01T00:00:00Z"}, "source": "me"}}
            {"fract": 1}
            not json
            {"memory": {"id": "m-1", "text": "Ann met Bob at the harbour", "occurred": "2020-01-01T10:00:00Z", "speaker": "Ann", "mentions": ["ann"], "source": "me"}}
            """;

    private static final String FEATURES =
            """
            {"type": "FeatureCollection", "features": [
              {"type": "Feature", "id": "q1", "properties": {"kind": "quake", "title": "Hualian", "mag": 6.4, "time": 1517932242400},
               "geometry": {"type": "Point", "coordinates": [121.65, 24.17, 17]}},
              {"type": "Feature", "id": "q2", "properties": {"kind": "quake", "title": "Nowhere", "mag": "big", "time": 1517932242400},
               "geometry": {"type": "Point", "coordinates": [121.65, 94.17, 17]}}]}
            """;

    private static final String MAPPING =
            """
            {"id": {"from": "@id"}, "type": {"from": "kind", "words": {"quake": "Earthquake"}},
             "name": {"from": "title"}, "time": {"from": "time", "unit": "milliseconds"}, "source": {"text": "us"},
             "facts": [{"predicate": "magnitude", "kind": "number", "functional": true, "from": "mag"}]}
            """;

    private final Path data = folder();
    private Optional<Server> server = Optional.empty();

    @BeforeAll
    void serve() {
        var settings = new Settings(data, "127.0.0.1", 0, Optional.empty());
        var started = Server.start(settings, "serve");
        assertThat(started.awaitReady()).isTrue();
        server = Optional.of(started);
    }

    @AfterAll
    void stop() throws IOException {
        server.ifPresent(Server::close);
        DataFolders.delete(data);
    }

    @Test
    @Order(1)
    void ingestSaysWhichSpaceIsMissing() throws IOException {
        var typed = at("ingest", file("a.ndjson", LINES), "--space", "notes");
        assertThat(typed.exitCode()).isEqualTo(Failure.UNTRIED);
        assertThat(typed.error()).contains("notes").contains("make it first with --create");
    }

    @Test
    @Order(1)
    void ingestSaysThatANameIsTooLong() throws IOException {
        var typed =
                at(
                        "ingest",
                        file("a.ndjson", LINES),
                        "--space",
                        "notes",
                        "--name",
                        "n".repeat(70_000));
        assertThat(typed.exitCode()).isEqualTo(Failure.UNTRIED);
        assertThat(typed.error()).contains("a name has 1 to 200 characters, not 70000");
    }

    @Test
    @Order(1)
    void ingestSaysThatAFolderIsNoFile() {
        var typed = at("ingest", data.toString(), "--space", "notes", "--create");
        assertThat(typed.exitCode()).isEqualTo(Failure.UNTRIED);
        assertThat(typed.error()).contains(data + " is a folder; name one file");
    }

    @Test
    @Order(2)
    void ingestNamesTheBadLinesAndWritesTheOthers() throws IOException {
        var typed = at("ingest", file("a.ndjson", LINES), "--space", "notes", "--create");
        assertThat(typed.exitCode()).isEqualTo(Failure.ASKED);
        assertThat(typed.out()).contains("7 lines read: 4 written, 0 unchanged, 3 refused");
        assertThat(typed.error())
                .contains("line 5: fact.valid")
                .contains("line 6: fract")
                .contains("line 7: is not JSON");
    }

    @Test
    @Order(3)
    void ingestingAgainChangesNothing() throws IOException {
        var typed = at("ingest", file("a.ndjson", LINES), "--space", "notes");
        assertThat(typed.out()).contains("7 lines read: 0 written, 4 unchanged, 3 refused");
    }

    @Test
    @Order(4)
    void ingestReadsGeoJsonAsItsMappingSays() throws IOException {
        var typed =
                at(
                        "ingest",
                        file("q.geojson", FEATURES),
                        "--mapping",
                        file("mapping.json", MAPPING),
                        "--space",
                        "quakes",
                        "--create");
        assertThat(typed.out()).contains("2 features read: 1 written, 0 unchanged, 1 refused");
        assertThat(typed.error()).contains("feature 2: ");
        assertThat(typed.exitCode()).isEqualTo(Failure.ASKED);
    }

    @Test
    @Order(5)
    void askShowsWhatItFindsAndWhoSaysSo() {
        var typed = at("ask", "harbour", "--space", "notes", "--show");
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out())
                .contains("POST /v1/spaces/notes/retrieve")
                .contains("\"text\" : \"harbour\"")
                .contains("Ann met Bob at the harbour")
                .contains("memory m-1 · Ann · 2020-01-01 10:00:00 UTC")
                .contains("said by me");
    }

    @Test
    @Order(5)
    void askPrintsJsonForPrograms() {
        var typed = at("ask", "--space", "quakes", "--within", "24,121,200", "--json");
        assertThat(typed.out()).startsWith("{").contains("\"id\" : \"q1\"");
    }

    @Test
    @Order(5)
    void countPrintsGroupsAndWhatIsInNone() {
        var typed = at("count", "--space", "notes", "--by", "type", "--kinds", "entity");
        assertThat(typed.error()).isEmpty();
        assertThat(typed.out()).contains("2  Person").contains("2 counted in 1 group");
        var soft = at("count", "harbour", "--space", "notes", "--by", "day");
        assertThat(soft.exitCode()).isEqualTo(Failure.UNTRIED);
        assertThat(soft.error()).contains("what.text: is soft");
    }

    @Test
    @Order(5)
    void askRefusesAnEmptyQuestionWithTheRule() {
        var typed = at("ask", "--space", "notes");
        assertThat(typed.exitCode()).isEqualTo(Failure.UNTRIED);
        assertThat(typed.error()).startsWith("palimpsest: an empty question has no answer");
    }

    @Test
    @Order(5)
    void gremlinPrintsOneValueALine() {
        var typed = at("gremlin", "g.V().values('name').order()", "--space", "notes");
        assertThat(typed.error()).isEmpty();
        assertThat(typed.out()).isEqualTo("Ann Lee\nBob Ray\n");
    }

    @Test
    @Order(6)
    void verifyFindsEveryProjectionEqual() {
        assertEveryProjectionEqual();
    }

    private void assertEveryProjectionEqual() {
        var typed = at("verify");
        assertThat(typed.exitCode()).as(typed.out()).isZero();
        assertThat(typed.out().lines())
                .hasSize(6)
                .allSatisfy(line -> assertThat(line).contains("equal"));
    }

    @Test
    @Order(7)
    void rebuildMakesProjectionsThatAreEqualAgain() {
        var typed = at("rebuild", "all");
        assertThat(typed.out()).contains("graph").contains("text").contains("vectors");
        assertEveryProjectionEqual();
    }

    @Test
    @Order(7)
    void rebuildSaysWhichProjectionsThereAre() {
        var typed = at("rebuild", "grape");
        assertThat(typed.exitCode()).isEqualTo(Failure.UNTRIED);
        assertThat(typed.error())
                .contains("there is no projection 'grape'; there are graph, text, adjacency");
    }

    @Test
    @Order(8)
    void aSecondServerSaysWhereTheFirstIs() {
        var typed = at("serve", "--port", "0");
        assertThat(typed.exitCode()).isEqualTo(Failure.UNTRIED);
        assertThat(typed.error().lines())
                .containsExactly(
                        "palimpsest: "
                                + data
                                + " is served already by process "
                                + ProcessHandle.current().pid()
                                + ", on "
                                + server.orElseThrow().url());
    }

    @Test
    @Order(8)
    void aPortThatIsTakenIsSaidInOneLine() throws IOException {
        int port = server.orElseThrow().url().getPort();
        var another = DataFolders.create();
        var typed = Typed.run("serve", "--port", "" + port, "--data", another.toString());
        assertThat(typed.exitCode()).isEqualTo(Failure.UNTRIED);
        assertThat(typed.error().lines())
                .containsExactly(
                        "palimpsest: port "
                                + port
                                + " of 127.0.0.1 is taken; end what listens there, or choose"
                                + " another with --port");
        assertThat(another).doesNotExist();
        DataFolders.delete(another);
    }

    @Test
    @Order(9)
    void withoutAServerACommandOpensTheFolderItself() {
        server.orElseThrow().close();
        server = Optional.empty();
        assertThat(DataFolder.holder(data)).isEmpty();
        var typed = at("ask", "harbour", "--space", "notes");
        assertThat(typed.exitCode()).as(typed.error()).isZero();
        assertThat(typed.out()).contains("Ann met Bob at the harbour");
        assertThat(DataFolder.holder(data)).isEmpty();
    }

    private Typed at(String... arguments) {
        var whole = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, whole, 0, arguments.length);
        whole[arguments.length] = "--data";
        whole[arguments.length + 1] = data.toString();
        return Typed.run(whole);
    }

    private String file(String name, String content) throws IOException {
        var file = Objects.requireNonNull(data.getParent()).resolve(name);
        Files.writeString(file, content);
        return file.toString();
    }

    private static Path folder() {
        try {
            return DataFolders.create();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
