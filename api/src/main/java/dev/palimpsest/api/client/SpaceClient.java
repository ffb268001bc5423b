package dev.palimpsest.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.api.wire.AnswerBody;
import dev.palimpsest.api.wire.ContextBody;
import dev.palimpsest.api.wire.CountedBody;
import dev.palimpsest.api.wire.ForgetBody;
import dev.palimpsest.api.wire.ForgetReportBody;
import dev.palimpsest.api.wire.ForgottenBody;
import dev.palimpsest.api.wire.GremlinBody;
import dev.palimpsest.api.wire.GremlinQuestionBody;
import dev.palimpsest.api.wire.ImportBody;
import dev.palimpsest.api.wire.NewSpaceBody;
import dev.palimpsest.api.wire.ReceiptBody;
import dev.palimpsest.api.wire.RejectedBody;
import dev.palimpsest.api.wire.SpaceBody;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// One space of a server. What is asked and written is JSON as `/openapi.json` describes it; what
/// is answered are records. Throws as [Client] does.
public final class SpaceClient {

    private final JsonHttp http;
    private final String path;

    SpaceClient(JsonHttp http, String id) {
        this.http = http;
        this.path = pathOf(id);
    }

    /// Where a space is, such as `/v1/spaces/notes`.
    public static String pathOf(String id) {
        return "/v1/spaces/" + JsonHttp.segment(id);
    }

    public String path() {
        return path;
    }

    public SpaceBody describe() {
        return http.get(path, SpaceBody.class);
    }

    /// Makes the space, unless it is there.
    ///
    /// @param strict whether it refuses facts with predicates that are not registered
    public SpaceBody make(boolean strict) {
        return http.put(path, new NewSpaceBody(strict), SpaceBody.class);
    }

    /// What fits a question best.
    public AnswerBody retrieve(ObjectNode question) {
        return http.post(path + "/retrieve", question, AnswerBody.class);
    }

    /// How many fit, in groups.
    public CountedBody count(ObjectNode question) {
        return http.post(path + "/count", question, CountedBody.class);
    }

    /// The evidence for a question, as a text and piece by piece.
    public ContextBody context(ObjectNode question) {
        return http.post(path + "/context", question, ContextBody.class);
    }

    public GremlinBody gremlin(GremlinQuestionBody question) {
        return http.post(path + "/gremlin", question, GremlinBody.class);
    }

    /// Writes a fact, or an array of them: all or none.
    public ReceiptBody facts(JsonNode facts) {
        return http.post(path + "/facts", facts, ReceiptBody.class);
    }

    /// Writes a memory, or an array of them: all or none.
    public ReceiptBody memories(JsonNode memories) {
        return http.post(path + "/memories", memories, ReceiptBody.class);
    }

    /// Describes an entity, or an array of them: all or none.
    public ReceiptBody entities(JsonNode entities) {
        return http.post(path + "/entities", entities, ReceiptBody.class);
    }

    /// Forgets for good, and waits until no index holds it any more.
    public ForgetReportBody forget(ForgetBody what) {
        return http.post(path + "/forget", what, ForgetReportBody.class);
    }

    /// Lets something forgotten be taken in again; what was deleted stays deleted.
    public void lift(ForgetBody what) {
        http.post(path + "/forget/lift", what, JsonNode.class);
    }

    /// All that was forgotten, the first first.
    public Stream<ForgottenBody> forgotten() {
        return http.list(path + "/forgotten", ForgottenBody.class);
    }

    /// Hands in a file; it is read after this has returned.
    public ImportBody ingest(Path file, DataDescription told) {
        return http.postFile(path + "/imports" + told.query(), file, ImportBody.class);
    }

    /// How an import comes along.
    public ImportBody importNow(String id) {
        return http.get(importPath(id), ImportBody.class);
    }

    /// The first `most` pieces that an import refused.
    public List<RejectedBody> rejected(String id, int most) {
        return http.lines(importPath(id) + "/rejected", RejectedBody.class, most);
    }

    /// Where an import is.
    public String importPath(String id) {
        return path + "/imports/" + JsonHttp.segment(id);
    }

    /// Gets everything in it, with both clocks, into a file.
    public void export(Path file) throws IOException {
        http.download(path + "/export", file);
    }

    /// Gets what the tools of the MCP memory server tell now into a file of lines.
    public void exportMemoryServer(Path file) throws IOException {
        http.download(path + "/export?format=memory-server", file);
    }
}
