package dev.palimpsest.api.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.palimpsest.api.Failure;
import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.client.Client;
import dev.palimpsest.api.client.ProblemException;
import dev.palimpsest.ingest.source.JsonComplaint;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes what is in a file.
@Command(
        name = "ingest",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Write entities, facts, memories and predicates from a file: lines of JSON, or GeoJSON with a"
                    + " mapping that says what its properties mean.",
            "",
            "A line that cannot be written is named with the reason, and the others go in. Doing it"
                    + " again changes nothing, if entities and memories have ids."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all went in", "1:some were refused", "2:it could not be tried"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  palimpsest ingest facts.ndjson --space notes --create",
            "  palimpsest ingest quakes.geojson --mapping mapping.json --space quakes --create",
            "  echo '{\"fact\": {\"subject\": \"ann\", \"predicate\": \"knows\", \"object\":"
                    + " {\"entity\": \"bob\"},",
            "      \"valid\": {\"from\": \"2020-01-01T00:00:00Z\"}, \"source\": \"me\"}}' \\",
            "      | palimpsest ingest - --space notes"
        })
final class IngestCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FILE", description = "The file; - is standard input.")
    Path file = Path.of("");

    @Option(
            names = {"-s", "--space"},
            required = true,
            paramLabel = "SPACE",
            description = "The space to write to.")
    String space = "";

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "The file is GeoJSON, and this says what its features mean.")
    @Nullable Path mapping;

    @Option(names = "--create", description = "Make the space, and the store, if it is not there.")
    boolean create;

    @Option(
            names = "--strict",
            description = "With --create: a space that refuses predicates nobody registered.")
    boolean strict;

    @Option(
            names = "--recorded",
            description =
                    "Keep the recorded times the items have, oldest first, in a space without"
                            + " younger ones.")
    boolean recorded;

    @Mixin Settings.Flags store = new Settings.Flags();

    @Override
    public Integer call() {
        try (var items = open();
                var session =
                        create
                                ? Session.openOrMake(store.settings(), "ingest")
                                : Session.open(store.settings(), "ingest")) {
            var path = "/v1/spaces/" + Client.segment(space);
            if (create) {
                var settings = JsonNodeFactory.instance.objectNode().put("strict", strict);
                session.client().put(path, settings);
            }
            return new Ingestion(session.client(), path, size()).run(items);
        } catch (ProblemException e) {
            throw e.status() == 404 && !create
                    ? Failure.asked(e.getMessage() + " with --create", e)
                    : e;
        } catch (IOException e) {
            throw Failure.asked("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private ItemFile open() {
        try {
            var name = file.toString();
            if (mapping != null) {
                return new FeatureFile(content(), mappingOf(mapping), recorded);
            }
            if (name.endsWith(".geojson")) {
                throw Failure.usage("GeoJSON needs --mapping: what do its properties mean?");
            }
            return new LineFile(content(), recorded);
        } catch (IOException e) {
            throw Failure.untried("cannot open " + file + ": " + Failure.reason(e), e);
        }
    }

    private static JsonNode mappingOf(Path mapping) {
        try {
            return JsonMapper.builder().build().readTree(mapping.toFile());
        } catch (JsonProcessingException e) {
            throw Failure.untried(mapping + " " + JsonComplaint.of(e), e);
        } catch (IOException e) {
            throw Failure.untried("cannot read " + mapping + ": " + Failure.reason(e), e);
        }
    }

    private InputStream content() throws IOException {
        return isStandardInput() ? System.in : new BufferedInputStream(Files.newInputStream(file));
    }

    private long size() throws IOException {
        return isStandardInput() ? 0 : Files.size(file);
    }

    private boolean isStandardInput() {
        return Optional.of(file.toString()).filter("-"::equals).isPresent();
    }
}
