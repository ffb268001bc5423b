package dev.palimpsest.ingest.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.palimpsest.ingest.job.ImportJob.Counts;
import dev.palimpsest.ingest.job.ImportJob.State;
import dev.palimpsest.ingest.source.Format;
import dev.palimpsest.ingest.source.Incoming.Description;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.time.Bookmark;
import dev.palimpsest.time.Position;
import java.time.Instant;
import java.util.Optional;

/// Jobs as JSON, as they lie in their files.
final class JobJson {

    private JobJson() {}

    static JsonNode write(ImportJob job) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", job.id()).put("space", job.space().value());
        json.put("format", job.format().word()).put("name", job.told().name());
        job.told().source().ifPresent(source -> json.put("source", source));
        job.told().mapping().ifPresent(mapping -> json.put("mapping", mapping));
        json.put("recorded", job.told().recorded());
        json.put("bytes", job.bytes()).put("fingerprint", job.fingerprint());
        json.put("state", job.state().name());
        json.put("read", job.counts().read()).put("written", job.counts().written());
        json.put("unchanged", job.counts().unchanged()).put("rejected", job.counts().rejected());
        json.put("rejectedBytes", job.counts().rejectedBytes());
        json.put("bytesRead", job.counts().bytesRead());
        job.trace()
                .ifPresent(trace ->
                        json.putObject("trace")
                                .put("before", trace.before().number())
                                .put("last", trace.last().toString())
                                .put("untouched", trace.untouched().number())
                                .put("refused", trace.refused()));
        json.put("cancelling", job.cancelling());
        json.put("created", job.created().toString());
        job.ended().ifPresent(ended -> json.put("ended", ended.toString()));
        job.note().ifPresent(note -> json.put("note", note));
        return json;
    }

    /// @throws IllegalArgumentException if it is no job
    static ImportJob read(JsonNode json) {
        var told =
                new Description(
                        Optional.of(Format.of(json.path("format").asText())),
                        json.path("name").asText(),
                        text(json, "source"),
                        text(json, "mapping"),
                        json.path("recorded").asBoolean());
        return new ImportJob(
                json.path("id").asText(),
                new SpaceId(json.path("space").asText()),
                told,
                json.path("bytes").asLong(),
                json.path("fingerprint").asText(),
                State.valueOf(json.path("state").asText()),
                new Counts(
                        json.path("read").asLong(),
                        json.path("written").asLong(),
                        json.path("unchanged").asLong(),
                        json.path("rejected").asLong(),
                        json.path("rejectedBytes").asLong(),
                        json.path("bytesRead").asLong()),
                trace(json.path("trace")),
                json.path("cancelling").asBoolean(),
                Instant.parse(json.path("created").asText()),
                text(json, "ended").map(Instant::parse),
                text(json, "note"));
    }

    private static Optional<Trace> trace(JsonNode json) {
        return json.has("untouched")
                ? Optional.of(
                        new Trace(
                                new Position(json.path("before").asLong()),
                                Bookmark.parse(json.path("last").asText()),
                                new Position(json.path("untouched").asLong()),
                                json.path("refused").asLong()))
                : Optional.empty();
    }

    private static Optional<String> text(JsonNode json, String name) {
        return json.hasNonNull(name) ? Optional.of(json.path(name).asText()) : Optional.empty();
    }
}
