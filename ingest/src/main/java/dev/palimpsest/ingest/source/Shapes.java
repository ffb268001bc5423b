package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.time.Moments;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// The shapes of plain values.
public final class Shapes {

    /// The most characters of a short text: an id, a name of an agent or session.
    public static final int LONGEST_LABEL = 200;

    public static final Shape<String> TEXT =
            (node, path) -> {
                require(node.isTextual(), node, path, "a string");
                StrictJson.requireStorable(node.textValue(), path);
                return node.textValue();
            };

    /// A text that is not blank.
    public static final Shape<String> WORDS =
            TEXT.as(text -> {
                if (text.isBlank()) {
                    throw new IllegalArgumentException("must not be blank");
                }
                return text;
            });

    /// A text that is not blank and short.
    public static final Shape<String> LABEL =
            WORDS.as(text -> {
                if (text.length() > LONGEST_LABEL) {
                    throw new IllegalArgumentException(
                            "has at most " + LONGEST_LABEL + " characters");
                }
                return text;
            });

    public static final Shape<Boolean> FLAG =
            (node, path) -> {
                require(node.isBoolean(), node, path, "true or false");
                return node.booleanValue();
            };

    public static final Shape<BigDecimal> NUMBER =
            (node, path) -> {
                require(node.isNumber(), node, path, "a number");
                return node.decimalValue();
            };

    public static final Shape<Double> DECIMAL = NUMBER.as(BigDecimal::doubleValue);

    /// A number from 0 to 1.
    public static final Shape<Double> SHARE =
            DECIMAL.as(share -> {
                if (!(share >= 0 && share <= 1)) {
                    throw new IllegalArgumentException("must lie between 0 and 1: " + share);
                }
                return share;
            });

    /// A number without fraction that is not negative.
    public static final Shape<Integer> COUNT =
            (node, path) -> {
                boolean whole = node.isIntegralNumber() && node.canConvertToInt();
                require(whole && node.intValue() >= 0, node, path, "a whole number from 0");
                return node.intValue();
            };

    /// A moment in ISO 8601 with its offset, such as `2018-02-06T15:50:42.400Z`.
    public static final Shape<Instant> MOMENT = TEXT.as(Shapes::moment);

    /// A duration in ISO 8601, such as `PT49H54M`.
    public static final Shape<Duration> DURATION = TEXT.as(Shapes::duration);

    private Shapes() {}

    /// At most `most` elements of one shape.
    public static <T> Shape<List<T>> listOf(Shape<T> shape, int most) {
        return (node, path) -> {
            require(node.isArray(), node, path, "an array");
            if (node.size() > most) {
                throw new InvalidField(path, "has at most " + most + " elements: " + node.size());
            }
            var elements = new ArrayList<T>(node.size());
            for (int i = 0; i < node.size(); i++) {
                elements.add(shape.read(node.get(i), path + "[" + i + "]"));
            }
            return List.copyOf(elements);
        };
    }

    /// What `make` makes, its objection told as a rule of the field at `path`.
    public static <T> T made(String path, Supplier<? extends T> make) {
        try {
            return make.get();
        } catch (InvalidField e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidField(path, String.valueOf(e.getMessage()));
        }
    }

    static String inside(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    static void require(boolean holds, JsonNode node, String path, String what) {
        if (!holds) {
            var found = node.isMissingNode() ? "absent" : sort(node);
            throw new InvalidField(path, "must be " + what + ", but is " + found);
        }
    }

    private static String sort(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case NULL -> "null";
            case BOOLEAN, NUMBER -> shown(node.asText());
            case STRING -> "\"" + shown(node.textValue()) + "\"";
            case BINARY, MISSING, POJO -> node.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }

    static String shown(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    private static Instant moment(String text) {
        try {
            return Moments.require(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "must be a moment such as 2018-02-06T15:50:42Z: " + shown(text), e);
        }
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "must be a duration such as PT49H54M: " + shown(text), e);
        }
    }
}
