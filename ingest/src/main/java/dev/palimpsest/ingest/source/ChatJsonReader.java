package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.ingest.source.Talk.Message;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Reads a conversation of JSON: an array of messages, or an object that holds one as `messages`.
///
/// A message has a `speaker` (or `role`, `author`, `name`), a `text` (or `content`, or parts of it)
/// and perhaps a `timestamp` (or `time`, `created_at`): a text, or seconds or milliseconds since
/// 1970. Pieces are numbered by message. Where the file stops being one, reading ends with a
/// refusal that says so.
final class ChatJsonReader implements ItemReader {

    private static final int LONGEST_MESSAGE = 4 * 1024 * 1024;
    private static final String NOTHING_AFTER = "; nothing after it was read";
    private static final long FIRST_MILLISECOND = 100_000_000_000L;
    private static final List<String> SPEAKER = List.of("speaker", "role", "author", "name");
    private static final List<String> TEXT = List.of("text", "content", "message");
    private static final List<String> TIME = List.of("timestamp", "time", "created_at", "date");

    private final AllowedBytes bytes;
    private final JsonParser json;
    private final Talk talk;
    private final Deque<Piece> ready = new ArrayDeque<>();
    private boolean started;
    private boolean ended;
    private long number;

    ChatJsonReader(InputStream in, Document document) throws IOException {
        this.bytes = new AllowedBytes(in);
        bytes.allow(LONGEST_MESSAGE);
        this.json = StrictJson.MAPPER.createParser(bytes);
        this.talk = new Talk(document);
    }

    @Override
    public Optional<Piece> next() throws IOException {
        while (ready.isEmpty() && !ended) {
            bytes.allow(LONGEST_MESSAGE);
            try {
                readMessage();
            } catch (InvalidField e) {
                end(e);
            } catch (JsonProcessingException e) {
                end(new InvalidField("", JsonComplaint.of(e) + NOTHING_AFTER));
            } catch (AllowedBytes.Exceeded _) {
                end(
                        new InvalidField(
                                "",
                                "a message has at most "
                                        + LONGEST_MESSAGE
                                        + " bytes"
                                        + NOTHING_AFTER));
            }
        }
        return Optional.ofNullable(ready.poll());
    }

    private void end(InvalidField problem) {
        ended = true;
        ready.add(new Piece(number + 1, new Parsed.Refused(problem.refusal()), ""));
    }

    private void readMessage() throws IOException {
        if (!started) {
            seekMessages();
            started = true;
        }
        if (json.nextToken() == JsonToken.END_ARRAY) {
            ended = true;
            return;
        }
        JsonNode message = StrictJson.next(json);
        number++;
        try {
            ready.addAll(talk.pieces(message(message)));
        } catch (InvalidField e) {
            ready.add(new Piece(number, new Parsed.Refused(e.refusal()), message.toString()));
        }
    }

    private void seekMessages() throws IOException {
        var first = json.nextToken();
        while (first == JsonToken.START_OBJECT && json.nextToken() == JsonToken.FIELD_NAME) {
            var field = json.currentName();
            if (json.nextToken() == JsonToken.START_ARRAY && field.equals("messages")) {
                return;
            }
            json.skipChildren();
        }
        if (first != JsonToken.START_ARRAY) {
            throw new InvalidField(
                    "", "must be an array of messages, or an object with an array \"messages\"");
        }
    }

    private Message message(JsonNode node) {
        Shapes.require(node.isObject(), node, "", "an object such as {\"role\", \"content\"}");
        var text = text(first(node, TEXT), TEXT.getFirst());
        return new Message(number, speaker(node), time(first(node, TIME)), 0, text);
    }

    private static String speaker(JsonNode node) {
        var speaker = first(node, SPEAKER);
        return speaker.isMissingNode() ? "" : Shapes.LABEL.read(speaker, "speaker");
    }

    /// A text, or the texts of its parts; other parts, such as images, are none.
    private static String text(JsonNode node, String path) {
        if (!node.isArray()) {
            return Shapes.TEXT.read(node, path);
        }
        var parts = new ArrayList<String>();
        for (var part : node) {
            var inner = part.isTextual() ? part : part.path("text");
            if (inner.isTextual()) {
                parts.add(Shapes.TEXT.read(inner, path));
            }
        }
        return String.join("\n\n", parts);
    }

    private static String time(JsonNode node) {
        if (node.isNumber()) {
            long number = node.longValue();
            boolean isMillis = Math.abs(number) >= FIRST_MILLISECOND;
            return Shapes.made(
                    "timestamp",
                    () -> Instant.ofEpochMilli(isMillis ? number : number * 1_000).toString());
        }
        return node.isMissingNode() ? "" : Shapes.LABEL.read(node, "timestamp");
    }

    private static JsonNode first(JsonNode node, List<String> names) {
        return names.stream()
                .filter(node::hasNonNull)
                .findFirst()
                .map(node::path)
                .orElseGet(() -> node.path("\0"));
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
