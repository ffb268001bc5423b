package dev.palimpsest.ingest.source;

import dev.palimpsest.ingest.source.Document.Origin;
import dev.palimpsest.ingest.source.Passages.Passage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Reads plain text or Markdown into memories, each a passage word for word: what stands under one
/// heading, or as many paragraphs as fit, or as many sentences of a long one.
///
/// Metadata says where a passage stands: `document`, `line`, `offset` and `length` in UTF-16 code
/// units of the text, and in Markdown the `headings` above it. Pieces are numbered by line. Where
/// the file stops being text, reading ends with a refusal that says so.
final class TextReader implements ItemReader {

    /// As many characters of a passage as have a meaning together.
    static final int LONGEST_PASSAGE = 1_500;

    /// A line may be a whole book without paragraphs.
    private static final int LONGEST_LINE = 16 * 1024 * 1024;

    private static final String NOTHING_AFTER = "; nothing after it was read";

    private final BoundedLines lines;
    private final Document document;
    private final Optional<Headings> headings;
    private final ContentIds ids = new ContentIds();
    private final Deque<Piece> ready = new ArrayDeque<>();

    /// Verbatim, from `offset` of the text on, which stands in line `firstLine`.
    private final StringBuilder passage = new StringBuilder();

    private long offset;
    private long firstLine = 1;
    private boolean hasWords;
    private boolean ended;

    TextReader(InputStream in, Document document, boolean isMarkdown) {
        this.lines = new BoundedLines(in, LONGEST_LINE);
        this.document = document;
        this.headings = isMarkdown ? Optional.of(new Headings()) : Optional.empty();
    }

    @Override
    public Optional<Piece> next() throws IOException {
        while (ready.isEmpty() && !ended) {
            readLine();
        }
        return Optional.ofNullable(ready.poll());
    }

    private void readLine() throws IOException {
        if (!lines.advanceToAny()) {
            ended = true;
            emitAll();
            return;
        }
        try {
            if (lines.tooLong()) {
                throw new InvalidField("", "a line has at most " + LONGEST_LINE + " bytes");
            }
            var line = Utf8.decode(lines.bytes());
            if (line.indexOf('\0') >= 0) {
                throw new InvalidField("", "holds U+0000: this is no text");
            }
            add(line);
        } catch (InvalidField e) {
            emitAll();
            ended = true;
            var problem = new InvalidField(e.field(), e.rule() + NOTHING_AFTER);
            ready.add(new Piece(lines.number(), new Parsed.Refused(problem.refusal()), ""));
        }
    }

    private void add(String line) {
        boolean isHeading = headings.map(above -> above.isHeading(line)).orElse(false);
        if (isHeading && hasWords) {
            emitAll();
        }
        headings.ifPresent(above -> above.pass(line));
        hasWords |= !isHeading && !line.isBlank();
        passage.append(line).append('\n');
        if (passage.length() > 2 * LONGEST_PASSAGE) {
            var parts = Passages.of(passage.toString(), LONGEST_PASSAGE);
            boolean isOne = parts.size() < 2;
            emit(
                    isOne ? parts : parts.subList(0, parts.size() - 1),
                    isOne ? passage.length() : parts.getLast().offset());
        }
    }

    private void emitAll() {
        emit(Passages.of(passage.toString(), LONGEST_PASSAGE), passage.length());
    }

    /// Makes memories of the first characters, whose passages are `parts`, and goes on behind them.
    private void emit(List<Passage> parts, int length) {
        var text = passage.substring(0, length);
        long line = firstLine;
        int counted = 0;
        for (var part : parts) {
            line += feeds(text.substring(counted, part.offset()));
            counted = part.offset();
            ready.add(piece(part, line));
        }
        passage.delete(0, length);
        offset += length;
        firstLine = line + feeds(text.substring(counted));
        hasWords = !passage.toString().isBlank();
    }

    private Piece piece(Passage part, long line) {
        var metadata = document.metadata(line);
        metadata.put("offset", offset + part.offset());
        metadata.put("length", part.text().length());
        headings.ifPresent(above -> above.path().forEach(metadata.withArray("headings")::add));
        var origin = new Origin(Optional.empty(), Optional.empty(), metadata);
        return new Piece(line, document.memory(part, origin, ids), part.text());
    }

    private static long feeds(String text) {
        return text.chars().filter(c -> c == '\n').count();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
