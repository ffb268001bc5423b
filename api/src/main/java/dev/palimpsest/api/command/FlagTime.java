package dev.palimpsest.api.command;

import dev.palimpsest.api.Failure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads moments and durations as people type them; without a zone they are UTC.
final class FlagTime {

    private static final Pattern SHORT_DURATION =
            Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(s|m|h|d)");

    private static final List<Function<String, Instant>> SPELLINGS =
            List.of(
                    Instant::parse,
                    text -> OffsetDateTime.parse(text).toInstant(),
                    text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
                    text -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());

    private FlagTime() {}

    /// A moment such as `2018-02-07T01:00Z`, `2018-02-07T01:00` or `2018-02-07`.
    static Instant moment(String flag, String text) {
        return SPELLINGS.stream()
                .flatMap(spelling -> read(spelling, text).stream())
                .findFirst()
                .orElseThrow(() ->
                        Failure.usage(
                                flag
                                        + " must be a moment such as 2018-02-07T01:00Z or"
                                        + " 2018-02-07: "
                                        + text));
    }

    /// A duration such as `90m`, `6h`, `2d` or `PT6H`.
    static Duration duration(String flag, String text) {
        var parts = SHORT_DURATION.matcher(text);
        if (parts.matches()) {
            double seconds = Double.parseDouble(parts.group(1)) * secondsPer(parts.group(2));
            return Duration.ofMillis(Math.round(seconds * 1_000));
        }
        return read(Duration::parse, text)
                .orElseThrow(() ->
                        Failure.usage(
                                flag + " must be a duration such as 6h, 2d or PT6H: " + text));
    }

    private static long secondsPer(String unit) {
        return switch (unit) {
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3_600;
            default -> 86_400;
        };
    }

    private static <T> Optional<T> read(Function<String, T> spelling, String text) {
        try {
            return Optional.of(spelling.apply(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
