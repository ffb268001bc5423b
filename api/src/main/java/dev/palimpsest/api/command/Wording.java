package dev.palimpsest.api.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.palimpsest.api.wire.FactBody;
import dev.palimpsest.api.wire.HitBody.CausalPathBody;
import dev.palimpsest.api.wire.HitBody.CausalStepBody;
import dev.palimpsest.api.wire.IntervalBody;
import dev.palimpsest.api.wire.PointBody;
import dev.palimpsest.api.wire.ValueBody;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Says pieces of answers in words.
final class Wording {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST = 160;
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Wording() {}

    /// Such as `2018-02-06 15:50:42 UTC`; a day if it is midnight; empty if there is none.
    static String moment(@Nullable String iso) {
        if (iso == null) {
            return "";
        }
        try {
            var moment = Instant.parse(iso);
            return moment.getEpochSecond() % 86_400 == 0
                    ? DAY.format(moment)
                    : SECOND.format(moment) + " UTC";
        } catch (DateTimeException e) {
            return iso;
        }
    }

    /// Such as `2018-02-04 to 2018-02-07`; one moment if it lasts no longer than a microsecond;
    /// empty if there is none.
    static String interval(@Nullable IntervalBody interval) {
        if (interval == null) {
            return "";
        }
        var from = interval.from();
        var until = interval.until();
        if (until == null) {
            return from.startsWith("-") ? "always" : "since " + moment(from);
        }
        if (until.equals(IntervalBody.UNKNOWN)) {
            return moment(from) + " until nobody knows when";
        }
        return isInstant(from, until) ? moment(from) : moment(from) + " to " + moment(until);
    }

    private static boolean isInstant(String from, String until) {
        return Duration.between(Instant.parse(from), Instant.parse(until)).toNanos() <= 1_000;
    }

    /// Such as `24.174° N, 121.653° E`; empty if there is none.
    static String point(@Nullable PointBody place) {
        return place == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%.3f° %s, %.3f° %s",
                        Math.abs(place.lat()),
                        place.lat() < 0 ? "S" : "N",
                        Math.abs(place.lon()),
                        place.lon() < 0 ? "W" : "E");
    }

    /// The fact's own sentence, or its subject, predicate and object.
    static String fact(FactBody fact) {
        var statement = fact.qualifiers().statement();
        if (statement != null && !statement.isEmpty()) {
            return shortened(statement);
        }
        return fact.subject() + " " + fact.predicate() + " " + shortened(value(fact.object()));
    }

    /// Such as `6.4` or `24.174° N, 121.653° E`.
    static String value(ValueBody object) {
        return switch (object.value()) {
            case PointBody place -> point(place);
            case BigDecimal number -> number(number);
            case RawValue json -> json(String.valueOf(json.rawValue()));
            default -> object.value().toString();
        };
    }

    /// As a whole number, or with as many digits as a double has.
    private static String number(BigDecimal number) {
        return number.scale() == 0 ? number.toString() : Double.toString(number.doubleValue());
    }

    /// A text without its quotes, a place as a place, anything else as JSON.
    private static String json(String text) {
        try {
            var tree = JSON.readTree(text);
            if (tree.has("lat")) {
                return point(
                        new PointBody(tree.path("lat").asDouble(), tree.path("lon").asDouble()));
            }
            return tree.isValueNode() ? tree.asText() : tree.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("what was answered is not JSON: " + text, e);
        }
    }

    /// Such as `us1000cfn6 triggered us1000chhc after 2 d 1 h 54 min (strength 0.997)`.
    static String causalStep(CausalStepBody step) {
        var words = new StringJoiner(" ");
        words.add(step.cause()).add(step.predicate()).add(step.effect());
        var delay = step.delay();
        if (delay != null) {
            words.add("after " + duration(Duration.parse(delay.mean())));
        }
        if (step.strength() != null) {
            words.add(String.format(Locale.ROOT, "(strength %.3f)", step.strength()));
        }
        return words.toString();
    }

    /// Such as `a led to b led to c (strength 0.250)`.
    static String path(CausalPathBody path) {
        var words = new StringJoiner(" ");
        words.add(path.steps().getFirst().cause());
        for (var step : path.steps()) {
            words.add(step.predicate()).add(step.effect());
        }
        return String.format(Locale.ROOT, "%s (strength %.3f)", words, path.strength());
    }

    /// Such as `all chains together: 0.438`, with the standard error of an estimate.
    static String probability(double probability, @Nullable Double standardError) {
        var likely = String.format(Locale.ROOT, "all chains together: %.3f", probability);
        return standardError == null
                ? likely
                : String.format(Locale.ROOT, "%s ± %.3f", likely, standardError);
    }

    /// Such as `2 d 1 h 54 min`, `3 min 20 s` or `4.2 s`.
    static String duration(Duration duration) {
        if (duration.toMinutes() == 0) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
        }
        var words = new StringJoiner(" ");
        addUnit(words, duration.toDays(), "d");
        addUnit(words, duration.toHoursPart(), "h");
        addUnit(words, duration.toMinutesPart(), "min");
        if (duration.toHours() == 0) {
            addUnit(words, duration.toSecondsPart(), "s");
        }
        return words.toString();
    }

    private static void addUnit(StringJoiner words, long count, String unit) {
        if (count > 0) {
            words.add(count + " " + unit);
        }
    }

    /// One line of at most so many characters.
    static String shortened(String text) {
        var line = text.replaceAll("\\s+", " ").strip();
        if (line.codePointCount(0, line.length()) <= LONGEST) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }
}
