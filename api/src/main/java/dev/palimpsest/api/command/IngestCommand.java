package dev.palimpsest.api.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palimpsest.api.Failure;
import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.client.DataDescription;
import dev.palimpsest.api.client.ProblemException;
import dev.palimpsest.api.wire.ImportBody;
import dev.palimpsest.ingest.source.Format;
import dev.palimpsest.ingest.source.JsonComplaint;
import dev.palimpsest.ingest.source.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
            "Write what is in a file: lines of JSON; GeoJSON, CSV or TSV with a mapping that says what"
                    + " its properties or columns mean; GraphML; Markdown, plain text and"
                    + " conversations as memories. gzip and zstd are unpacked.",
            "",
            "A line that cannot be written is named with the reason, and the others go in. Doing it"
                    + " again changes nothing, unless something of it was taken back or said otherwise"
                    + " since, something of the space was forgotten, the store refused a line, or the"
                    + " first time is no longer known (after 1,000 imports, or a restore): then it is"
                    + " said again. Where a server lives it does the work and goes on when"
                    + " this command is ended; else the work stops with it. Either way, and after a"
                    + " crash, it goes on where it was when a server or ingest is started again; the"
                    + " same command then follows it."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all went in", "1:some were refused", "2:it could not be tried"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  palimpsest ingest facts.ndjson --space notes --create",
            "  palimpsest ingest people.csv.gz --mapping columns.json --space notes",
            "  palimpsest ingest meeting.txt --format chat --space notes",
            "  palimpsest ingest quakes.geojson --mapping mapping.json --space quakes --create",
            "  echo '{\"fact\": {\"subject\": \"ann\", \"predicate\": \"knows\", \"object\":"
                    + " {\"entity\": \"bob\"},",
            "      \"valid\": {\"from\": \"2020-01-01T00:00:00Z\"}, \"source\": \"me\"}}' \\",
            "      | palimpsest ingest - --space notes"
        })
final class IngestCommand implements Callable<Integer> {

    private static final String COMMAND = "ingest";

    /// A bit less than a server takes in the head of a request; percent-encoded.
    private static final int LONGEST_QUERY = 60_000;

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
            description = "For GeoJSON, CSV and TSV: says what features or rows mean.")
    @Nullable Path mapping;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "ndjson, geojson, csv, tsv, graphml, markdown, text or chat; else the name and"
                            + " the content tell. Or memory-server: the file of the MCP memory"
                            + " server.")
    @Nullable String format;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "By which a document or conversation is known, at most "
                            + Shapes.LONGEST_LABEL
                            + " characters; the file's name if not given.")
    @Nullable String name;

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            description =
                    "Who says so, of GraphML, Markdown, text and conversations; the name if not"
                            + " given.")
    @Nullable String source;

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
        var told = told();
        var content = content();
        try (var session =
                create
                        ? Session.openOrMake(store.settings(), COMMAND)
                        : Session.open(store.settings(), COMMAND)) {
            if (create) {
                session.client().space(space).make(strict);
            }
            var ingestion = new Ingestion(session.client(), space);
            return ingestion.follow(handedIn(session, content, told));
        } finally {
            if (isStandardInput()) {
                delete(content);
            }
        }
    }

    private ImportBody handedIn(Session session, Path content, DataDescription told) {
        try {
            return session.client().space(space).ingest(content, told);
        } catch (ProblemException e) {
            throw e.status() == 404 && !create
                    ? Failure.untried(e.getMessage() + " with --create", e)
                    : e;
        }
    }

    /// What is told of the data.
    private DataDescription told() {
        var fileName = Optional.ofNullable(file.getFileName()).map(Path::toString).orElse("");
        var known = Optional.ofNullable(name).orElse(isStandardInput() ? "input" : fileName);
        if (known.isBlank() || known.length() > Shapes.LONGEST_LABEL) {
            throw Failure.usage(
                    "a name has 1 to "
                            + Shapes.LONGEST_LABEL
                            + " characters, not "
                            + known.length()
                            + ": give another with --name");
        }
        if (mapping == null && needsMapping(fileName)) {
            throw Failure.usage("this needs --mapping: what do its properties or columns mean?");
        }
        var usual =
                mapping == null && isStandardInput()
                        ? Optional.of(Format.NDJSON.word())
                        : Optional.<String>empty();
        var told =
                new DataDescription(
                        known,
                        Optional.ofNullable(format).or(() -> usual),
                        Optional.ofNullable(source),
                        Optional.ofNullable(mapping).map(IngestCommand::mappingOf),
                        recorded);
        if (told.query().length() > LONGEST_QUERY) {
            throw Failure.usage(
                    "the mapping is too long: percent-encoded, as it is sent, all that is told of"
                            + " the data has at most "
                            + LONGEST_QUERY
                            + " characters");
        }
        return told;
    }

    private boolean needsMapping(String fileName) {
        try {
            return Optional.ofNullable(format)
                    .map(Format::of)
                    .or(() -> Format.byName(fileName))
                    .map(Format::needsMapping)
                    .orElse(false);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--format " + e.getMessage(), e);
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

    /// The file; standard input is one first, so that it can be sent again.
    private Path content() {
        try {
            if (isStandardInput()) {
                return copyOfInput();
            }
            if (Files.isDirectory(file)) {
                throw Failure.untried(file + " is a folder; name one file");
            }
            Files.newInputStream(file).close();
            return file;
        } catch (IOException e) {
            throw Failure.untried("cannot open " + file + ": " + Failure.reason(e), e);
        }
    }

    /// It goes with the process, however that ends but by a kill.
    private static Path copyOfInput() throws IOException {
        var copy = Files.createTempFile("palimpsest", ".input");
        copy.toFile().deleteOnExit();
        try {
            Files.copy(System.in, copy, StandardCopyOption.REPLACE_EXISTING);
            return copy;
        } catch (IOException e) {
            delete(copy);
            throw e;
        }
    }

    private static void delete(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            throw Failure.asked("cannot delete " + copy + ": " + Failure.reason(e), e);
        }
    }

    private boolean isStandardInput() {
        return Optional.of(file.toString()).filter("-"::equals).isPresent();
    }
}
