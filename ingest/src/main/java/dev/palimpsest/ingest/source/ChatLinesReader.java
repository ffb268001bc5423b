package dev.palimpsest.ingest.source;

import dev.palimpsest.ingest.source.Talk.Message;
import dev.palimpsest.model.Memory;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads a conversation of lines `Speaker: text`, with a time before them in brackets or not. A
/// line without a speaker goes on with what the last one said.
final class ChatLinesReader implements ItemReader {

    private static final int LONGEST_LINE = 2 * 1024 * 1024;

    /// `[time] Speaker: text`; a speaker is at most five words.
    private static final Pattern START =
            Pattern.compile(
                    "\\s{0,8}(?:\\[([^\\]]{1,40})]\\s*|(\\d{4}-\\d\\d-\\d\\d[T ][0-9:.]{5,18}(?:Z|[+-]\\d\\d:\\d\\d)?)[\\s,-]+)?"
                            + "([\\p{L}\\p{N}@_*][^:\\[\\]\\s]{0,39}(?: [^:\\[\\]\\s]{1,39}){0,4}):(?:\\s+(.*))?",
                    Pattern.DOTALL);

    private final BoundedLines lines;
    private final Talk talk;
    private final Deque<Piece> ready = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private Optional<Message> open = Optional.empty();
    private boolean ended;

    ChatLinesReader(InputStream in, Document document) {
        this.lines = new BoundedLines(in, LONGEST_LINE);
        this.talk = new Talk(document);
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
            end();
            return;
        }
        try {
            if (lines.tooLong()) {
                throw new InvalidField("", "a line has at most " + LONGEST_LINE + " bytes");
            }
            add(Utf8.decode(lines.bytes()));
        } catch (InvalidField e) {
            ready.add(
                    new Piece(
                            lines.number(),
                            new Parsed.Refused(e.refusal()),
                            lines.tooLong() ? "" : Utf8.shown(lines.bytes())));
        }
    }

    private void add(String line) {
        var plain = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        var start = START.matcher(plain);
        if (start.matches()) {
            end();
            var bracket = Optional.ofNullable(start.group(1));
            var time = bracket.or(() -> Optional.ofNullable(start.group(2))).orElse("");
            open = Optional.of(new Message(lines.number(), start.group(3), time, 0, ""));
            text.append(Optional.ofNullable(start.group(4)).orElse(""));
        } else if (open.isPresent()) {
            text.append('\n').append(plain);
        } else if (!plain.isBlank()) {
            throw new InvalidField(
                    "", "is no line such as 'Ann: hello' or '[2023-05-08 13:56] Ann: hello'");
        }
        if (text.length() > 2 * Memory.LONGEST_TEXT) {
            end();
        }
    }

    /// What was said so far is complete; what else is said goes on behind it.
    private void end() {
        open.ifPresent(message -> {
            var words = message.offset() == 0 ? text.toString().stripLeading() : text.toString();
            int before = words.length() - words.stripLeading().length();
            ready.addAll(talk.pieces(from(message, message.offset() + before, words.strip())));
            open = Optional.of(from(message, message.offset() + words.length(), ""));
        });
        text.setLength(0);
    }

    private static Message from(Message message, long offset, String text) {
        return new Message(message.number(), message.speaker(), message.time(), offset, text);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
