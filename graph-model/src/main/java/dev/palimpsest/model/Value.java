package dev.palimpsest.model;

import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Moments;
import java.math.BigDecimal;
import java.time.Instant;

/// The object of a fact: an entity or a typed literal.
public sealed interface Value {

    record Entity(EntityId id) implements Value {}

    record Text(String text) implements Value {
        public Text {
            if (text.length() > LONGEST_TEXT) {
                throw new IllegalArgumentException(
                        "string has at most " + LONGEST_TEXT + " characters: " + text.length());
            }
        }
    }

    record Numeric(BigDecimal number) implements Value {

        /// Beyond so many digits before or after the point, the canonical text has an exponent.
        private static final int PLAIN_DIGITS = 40;

        public Numeric {
            if (number.precision() > 60 || Math.abs((long) number.scale()) > 300) {
                throw new IllegalArgumentException("number has at most 60 digits: " + number);
            }
            number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        }

        public static Numeric of(double number) {
            return new Numeric(BigDecimal.valueOf(number));
        }
    }

    record Flag(boolean flag) implements Value {}

    record Moment(Instant moment) implements Value {
        public Moment {
            moment = Moments.require(moment);
        }
    }

    record Geo(GeoPoint point) implements Value {}

    /// A JSON object or array as canonical text: keys sorted, no white space.
    record Json(String canonicalText) implements Value {
        public Json {
            if (canonicalText.length() > LONGEST_TEXT) {
                throw new IllegalArgumentException(
                        "json has at most "
                                + LONGEST_TEXT
                                + " characters: "
                                + canonicalText.length());
            }
        }
    }

    /// The most characters a string or json object of a fact may have.
    int LONGEST_TEXT = 32_768;

    default ObjectKind kind() {
        return switch (this) {
            case Entity _ -> ObjectKind.ENTITY;
            case Text _ -> ObjectKind.STRING;
            case Numeric _ -> ObjectKind.NUMBER;
            case Flag _ -> ObjectKind.BOOLEAN;
            case Moment _ -> ObjectKind.INSTANT;
            case Geo _ -> ObjectKind.GEO;
            case Json _ -> ObjectKind.JSON;
        };
    }

    /// The one way to write this value; equal values have equal texts. [#parse] reads it back.
    default String canonical() {
        return switch (this) {
            case Entity(EntityId id) -> id.value();
            case Text(String text) -> text;
            case Numeric(BigDecimal number) ->
                    Math.abs(number.scale()) <= Numeric.PLAIN_DIGITS
                            ? number.toPlainString()
                            : number.toString();
            case Flag(boolean flag) -> Boolean.toString(flag);
            case Moment(Instant moment) -> moment.toString();
            case Geo(GeoPoint(double latitude, double longitude)) -> latitude + "," + longitude;
            case Json(String canonicalText) -> canonicalText;
        };
    }

    static Value parse(ObjectKind kind, String canonical) {
        return switch (kind) {
            case ENTITY -> new Entity(new EntityId(canonical));
            case STRING -> new Text(canonical);
            case NUMBER -> new Numeric(new BigDecimal(canonical));
            case BOOLEAN -> new Flag(Boolean.parseBoolean(canonical));
            case INSTANT -> new Moment(Instant.parse(canonical));
            case GEO -> {
                int comma = canonical.indexOf(',');
                yield new Geo(
                        new GeoPoint(
                                Double.parseDouble(canonical.substring(0, comma)),
                                Double.parseDouble(canonical.substring(comma + 1))));
            }
            case JSON -> new Json(canonical);
        };
    }
}
