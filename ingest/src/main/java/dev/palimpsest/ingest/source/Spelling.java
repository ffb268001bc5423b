package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.Value;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Moments;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.Locale;

/// How plain values are written where a mapping finds them.
enum Spelling {
    /// As JSON has them; true and false also as 1 and 0.
    JSON {
        @Override
        Shape<BigDecimal> number() {
            return Shapes.NUMBER;
        }

        @Override
        Shape<Value> value(ObjectKind kind) {
            return switch (kind) {
                case BOOLEAN -> FLAG_OR_BIT.as(Value.Flag::new);
                case STRING -> FeatureParser.SCALAR.as(Value.Text::new);
                case ENTITY, NUMBER, INSTANT, GEO, JSON -> DomainShapes.valueOf(kind);
            };
        }
    },
    /// As texts, for a cell of a table is one: a point is `24.17,121.65`.
    CELLS {
        @Override
        Shape<BigDecimal> number() {
            return Shapes.TEXT.as(Spelling::toNumber);
        }

        @Override
        Shape<Value> value(ObjectKind kind) {
            return switch (kind) {
                case NUMBER -> number().as(Value.Numeric::new);
                case BOOLEAN -> Shapes.TEXT.as(Spelling::toFlag).as(Value.Flag::new);
                case GEO -> Shapes.TEXT.as(Spelling::toPoint).as(Value.Geo::new);
                case JSON ->
                        (node, path) -> DomainShapes.valueOf(kind).read(tree(node, path), path);
                case ENTITY, STRING, INSTANT -> DomainShapes.valueOf(kind);
            };
        }
    };

    private static final int MOST_DIGITS = 1_000;

    /// What may stand in a feature for true and false: those words, 1 and 0.
    private static final Shape<Boolean> FLAG_OR_BIT =
            (node, path) -> {
                boolean bit = node.isInt() && (node.intValue() == 0 || node.intValue() == 1);
                Shapes.require(bit || node.isBoolean(), node, path, "true, false, 1 or 0");
                return bit ? node.intValue() == 1 : node.booleanValue();
            };

    abstract Shape<BigDecimal> number();

    abstract Shape<Value> value(ObjectKind kind);

    /// A moment of a unit: `seconds`, `milliseconds` or `microseconds` since 1970, `date` or
    /// `year`.
    ///
    /// @param isEnd whether it is the end of that day or year
    Shape<Instant> moment(String unit, boolean isEnd) {
        return switch (unit) {
            case "seconds" -> number().as(number -> since1970(number, 6));
            case "milliseconds" -> number().as(number -> since1970(number, 3));
            case "microseconds" -> number().as(number -> since1970(number, 0));
            case "date" -> FeatureParser.SCALAR.as(text -> date(text, isEnd));
            case "year" -> FeatureParser.SCALAR.as(text -> year(text, isEnd));
            default ->
                    throw new IllegalArgumentException(
                            "must be seconds, milliseconds, microseconds, date or year: " + unit);
        };
    }

    private static Instant since1970(BigDecimal number, int power) {
        var micros = new Value.Numeric(number).number().scaleByPowerOfTen(power);
        if (micros.abs().compareTo(BigDecimal.valueOf(Moments.toMicros(Moments.LAST))) > 0) {
            throw new IllegalArgumentException("must lie between the years -9999 and 9999");
        }
        return Moments.fromMicros(micros.setScale(0, RoundingMode.FLOOR).longValueExact());
    }

    private static Instant date(String text, boolean isEnd) {
        try {
            return startOf(LocalDate.parse(text).plusDays(isEnd ? 1 : 0));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be a date such as 2018-02-06: " + text, e);
        }
    }

    private static Instant year(String text, boolean isEnd) {
        try {
            return startOf(Year.parse(text).plusYears(isEnd ? 1 : 0).atDay(1));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be a year such as 2018: " + text, e);
        }
    }

    private static Instant startOf(LocalDate day) {
        return Moments.require(day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private static BigDecimal toNumber(String cell) {
        try {
            if (cell.length() <= MOST_DIGITS) {
                return new BigDecimal(cell.strip());
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a number, but is \"" + cell + "\"", e);
        }
        throw new IllegalArgumentException("a number has at most " + MOST_DIGITS + " digits");
    }

    private static boolean toFlag(String cell) {
        return switch (cell.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "must be true, false, 1 or 0, but is \"" + cell + "\"");
        };
    }

    private static GeoPoint toPoint(String cell) {
        int comma = cell.indexOf(',');
        if (comma < 0) {
            throw new IllegalArgumentException(
                    "must be latitude,longitude such as 24.17,121.65, but is \"" + cell + "\"");
        }
        return new GeoPoint(
                toNumber(cell.substring(0, comma)).doubleValue(),
                toNumber(cell.substring(comma + 1)).doubleValue());
    }

    private static JsonNode tree(JsonNode node, String path) {
        try {
            return StrictJson.read(Shapes.TEXT.read(node, path).getBytes(StandardCharsets.UTF_8));
        } catch (InvalidField e) {
            throw new InvalidField(path, e.rule());
        }
    }
}
