package dev.palimpsest.ingest.source;

import dev.palimpsest.port.WriteResult.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads lines such as `{"fact": {...}}`. Blank lines are skipped but counted.
public final class NdjsonReader implements ItemReader {

    /// The most bytes of a line; room for the longest memory in the most wasteful spelling.
    public static final int LONGEST_LINE = 2 * 1024 * 1024;

    private final BoundedLines lines;
    private final ItemParser parser;
    private final ContentIds ids;

    public NdjsonReader(InputStream in, ItemParser parser) {
        this(in, parser, new ContentIds());
    }

    /// @param ids what `parser` takes its ids from, if it names items by where they stand
    NdjsonReader(InputStream in, ItemParser parser, ContentIds ids) {
        this.lines = new BoundedLines(in, LONGEST_LINE);
        this.parser = parser;
        this.ids = ids;
    }

    @Override
    public Optional<Piece> next() throws IOException {
        if (!lines.advance()) {
            return Optional.empty();
        }
        byte[] line = lines.bytes();
        ids.standAt(lines.number(), line);
        var text = new String(line, StandardCharsets.UTF_8);
        return Optional.of(new Piece(lines.number(), parse(line), text));
    }

    private Parsed parse(byte[] line) {
        if (lines.tooLong()) {
            var rule = "a line has at most " + LONGEST_LINE + " bytes";
            return new Parsed.Refused(new Refusal(Refusal.Reason.INVALID, "", rule));
        }
        try {
            return parser.parse(StrictJson.read(line));
        } catch (InvalidField e) {
            return new Parsed.Refused(e.refusal());
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
