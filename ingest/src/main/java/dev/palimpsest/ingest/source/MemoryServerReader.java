package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.ingest.source.MemoryServerFacts.Observation;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteResult.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the file of an MCP memory server, one entity or relation a line. What an entity had before
/// it keeps. Blank lines are skipped but counted.
final class MemoryServerReader implements ItemReader {

    /// The most lines; the names in them are remembered.
    private static final int MOST_LINES = 1_000_000;

    private static final String TYPE = "type";
    private static final String NAME = "name";
    private static final String ENTITY_TYPE = "entityType";
    private static final String OBSERVATIONS = "observations";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String RELATION_TYPE = "relationType";

    private final BoundedLines lines;
    private final MemoryServerFacts facts;

    /// How often each stood in the file so far.
    private final Map<List<String>, Integer> copies = new HashMap<>();

    /// What the last line says beside what was handed over.
    private final Deque<Piece> waiting = new ArrayDeque<>();

    MemoryServerReader(InputStream in, SourceId source) {
        this.lines = new BoundedLines(in, NdjsonReader.LONGEST_LINE);
        this.facts = new MemoryServerFacts(source);
    }

    @Override
    public Optional<Piece> next() throws IOException {
        if (waiting.isEmpty() && lines.advance()) {
            byte[] line = lines.bytes();
            var text = new String(line, StandardCharsets.UTF_8);
            for (var parsed : parse(line)) {
                waiting.add(new Piece(lines.number(), parsed, text));
            }
        }
        return Optional.ofNullable(waiting.poll());
    }

    private List<Parsed> parse(byte[] line) {
        try {
            if (lines.tooLong()) {
                throw new InvalidField(
                        "", "a line has at most " + NdjsonReader.LONGEST_LINE + " bytes");
            }
            if (lines.number() > MOST_LINES) {
                throw new InvalidField("", "a file has at most " + MOST_LINES + " lines: split it");
            }
            return items(StrictJson.read(line)).stream().<Parsed>map(Parsed.Item::new).toList();
        } catch (InvalidField e) {
            return List.of(new Parsed.Refused(e.refusal()));
        } catch (IllegalArgumentException e) {
            return List.of(
                    new Parsed.Refused(
                            new Refusal(
                                    Refusal.Reason.INVALID, "", String.valueOf(e.getMessage()))));
        }
    }

    private List<WriteItem> items(JsonNode line) {
        return switch (line.path(TYPE).asText()) {
            case "entity" -> List.of(entity(line));
            case "relation" -> relation(line);
            default -> throw new InvalidField(TYPE, "must be \"entity\" or \"relation\"");
        };
    }

    private WriteItem entity(JsonNode line) {
        var object = StrictObject.of(line, "", List.of(TYPE, NAME, ENTITY_TYPE, OBSERVATIONS));
        var name = object.required(NAME, Shapes.TEXT);
        var type = object.required(ENTITY_TYPE, Shapes.TEXT);
        var texts = Shapes.listOf(Shapes.TEXT, MemoryServerFacts.MOST_OBSERVATIONS);
        var observations = Observation.numbered(object.required(OBSERVATIONS, texts));
        return facts.entity(name, copy(List.of(name)), type, observations);
    }

    private List<WriteItem> relation(JsonNode line) {
        var object = StrictObject.of(line, "", List.of(TYPE, FROM, TO, RELATION_TYPE));
        var from = object.required(FROM, Shapes.TEXT);
        var to = object.required(TO, Shapes.TEXT);
        var type = object.required(RELATION_TYPE, Shapes.TEXT);
        return facts.relation(from, to, type, copy(List.of(from, to, type)));
    }

    private int copy(List<String> same) {
        return copies.merge(same, 1, Integer::sum);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
