package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON as this house reads it: bounded in depth, no key twice, nothing after its end, numbers
/// exact.
public final class StrictJson {

    /// The most objects and arrays that may lie in one another.
    public static final int DEEPEST = 64;

    static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                                    .build())
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
                    .build();

    private static final ObjectReader ONE_VALUE =
            MAPPER.readerFor(JsonNode.class)
                    .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private StrictJson() {}

    /// The one JSON value that `utf8` holds; a byte order mark before it is skipped.
    ///
    /// @throws InvalidField if it is not UTF-8 or not JSON
    public static JsonNode read(byte[] utf8) {
        try {
            var text = Utf8.decode(utf8);
            JsonNode node = withNumbers(null, () -> MAPPER.readTree(text));
            if (node.isMissingNode()) {
                throw new InvalidField("", "is empty, where one JSON value must be");
            }
            return node;
        } catch (MismatchedInputException _) {
            throw new InvalidField("", "has more than one JSON value");
        } catch (JsonProcessingException e) {
            throw new InvalidField("", JsonComplaint.of(e));
        }
    }

    /// The value that begins where `parser` stands, of several in one document.
    static JsonNode next(JsonParser parser) throws IOException {
        return withNumbers(parser, () -> ONE_VALUE.readTree(parser));
    }

    @FunctionalInterface
    private interface Reading<E extends IOException> {
        JsonNode read() throws E;
    }

    /// What `reading` reads. Of a number whose exponent no number can have, Jackson complains as of
    /// a mistake of ours.
    private static <E extends IOException> JsonNode withNumbers(
            @Nullable JsonParser parser, Reading<E> reading) throws E, JsonParseException {
        try {
            return reading.read();
        } catch (NumberFormatException e) {
            throw new JsonParseException(parser, "Number value exceeds what is read", e);
        }
    }

    /// An object or array with its keys sorted and no white space.
    public static String canonical(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that was read cannot be written", e);
        }
    }

    /// Refuses U+0000 and halves of surrogate pairs, which no PostgreSQL text can hold, anywhere in
    /// `node`.
    static void requireStorable(JsonNode node, String path) {
        if (node.isTextual()) {
            requireStorable(node.textValue(), path);
        }
        if (node.isArray()) {
            node.forEach(element -> requireStorable(element, path));
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            requireStorable(field.getKey(), path);
            requireStorable(field.getValue(), Shapes.inside(path, field.getKey()));
        }
    }

    static void requireStorable(String text, String path) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair =
                    Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                throw new InvalidField(
                        path, "must not hold the character U+%04X".formatted((int) c));
            }
        }
    }
}
