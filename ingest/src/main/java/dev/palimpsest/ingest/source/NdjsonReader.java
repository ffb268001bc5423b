package dev.palimpsest.ingest.source;

import dev.palimpsest.port.WriteResult.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Reads lines such as `{"fact": {...}}`. Blank lines are skipped but counted.
public final class NdjsonReader implements ItemReader {

    /// The most bytes of a line; room for the longest memory in the most wasteful spelling.
    public static final int LONGEST_LINE = 2 * 1024 * 1024;

    private final BoundedLines lines;
    private final ItemParser parser;

    public NdjsonReader(InputStream in, ItemParser parser) {
        this.lines = new BoundedLines(in, LONGEST_LINE);
        this.parser = parser;
    }

    @Override
    public Optional<Piece> next() throws IOException {
        return lines.advance() ? Optional.of(new Piece(lines.number(), parse())) : Optional.empty();
    }

    private Parsed parse() {
        if (lines.tooLong()) {
            var rule = "a line has at most " + LONGEST_LINE + " bytes";
            return new Parsed.Refused(new Refusal(Refusal.Reason.INVALID, "", rule));
        }
        try {
            return parser.parse(StrictJson.read(lines.bytes()));
        } catch (InvalidField e) {
            return new Parsed.Refused(e.refusal());
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
