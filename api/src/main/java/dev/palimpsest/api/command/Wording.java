package dev.palimpsest.api.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.StringJoiner;

/// Says pieces of JSON in words.
final class Wording {

    private static final int LONGEST = 160;
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Wording() {}

    /// Such as `2018-02-06 15:50:42 UTC`; a day if it is midnight; empty if there is none.
    static String moment(String iso) {
        if (iso.isEmpty()) {
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

    /// Such as `2018-02-04 to 2018-02-07`; one moment if it lasts no longer than a microsecond.
    static String interval(JsonNode interval) {
        if (!interval.hasNonNull("from")) {
            return "";
        }
        var from = interval.path("from").asText();
        var until = interval.path("until");
        if (until.isNull() || until.isMissingNode()) {
            return from.startsWith("-") ? "always" : "since " + moment(from);
        }
        if (until.asText().equals("unknown")) {
            return moment(from) + " until nobody knows when";
        }
        if (isInstant(from, until.asText())) {
            return moment(from);
        }
        return moment(from) + " to " + moment(until.asText());
    }

    private static boolean isInstant(String from, String until) {
        return Duration.between(Instant.parse(from), Instant.parse(until)).toNanos() <= 1_000;
    }

    /// Such as `24.174° N, 121.653° E`; empty if there is none.
    static String point(JsonNode place) {
        if (!place.has("lat")) {
            return "";
        }
        double latitude = place.path("lat").asDouble();
        double longitude = place.path("lon").asDouble();
        return String.format(
                Locale.ROOT,
                "%.3f° %s, %.3f° %s",
                Math.abs(latitude),
                latitude < 0 ? "S" : "N",
                Math.abs(longitude),
                longitude < 0 ? "W" : "E");
    }

    /// The fact's own sentence, or its subject, predicate and object.
    static String fact(JsonNode fact) {
        var statement = fact.path("statement").asText("");
        if (!statement.isEmpty()) {
            return shortened(statement);
        }
        return fact.path("subject").asText()
                + " "
                + fact.path("predicate").asText()
                + " "
                + shortened(value(fact.path("object")));
    }

    /// The one value of `{"number": 6.4}` and its like.
    static String value(JsonNode object) {
        if (object.isEmpty()) {
            return object.asText();
        }
        var inner = object.elements().next();
        return inner.has("lat") ? point(inner) : inner.isValueNode() ? inner.asText() : inner + "";
    }

    /// Such as `us1000cfn6 triggered us1000chhc after 2 d 1 h 54 min (strength 0.997)`.
    static String causalStep(JsonNode step) {
        var words = new StringJoiner(" ");
        words.add(step.path("cause").asText());
        words.add(step.path("predicate").asText());
        words.add(step.path("effect").asText());
        var mean = step.at("/delay/mean").asText("");
        if (!mean.isEmpty()) {
            words.add("after " + duration(Duration.parse(mean)));
        }
        if (step.hasNonNull("strength")) {
            words.add(
                    String.format(
                            Locale.ROOT, "(strength %.3f)", step.path("strength").asDouble()));
        }
        return words.toString();
    }

    /// Such as `a led to b led to c (strength 0.250)`.
    static String path(JsonNode path) {
        var words = new StringJoiner(" ");
        var steps = path.path("steps");
        words.add(steps.path(0).path("cause").asText());
        for (var step : steps) {
            words.add(step.path("predicate").asText()).add(step.path("effect").asText());
        }
        return String.format(
                Locale.ROOT, "%s (strength %.3f)", words, path.path("strength").asDouble());
    }

    /// Such as `all chains together: 0.438`, with the standard error of an estimate.
    static String probability(JsonNode hit) {
        var likely =
                String.format(
                        Locale.ROOT,
                        "all chains together: %.3f",
                        hit.path("probability").asDouble());
        return hit.hasNonNull("standardError")
                ? String.format(
                        Locale.ROOT, "%s ± %.3f", likely, hit.path("standardError").asDouble())
                : likely;
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
