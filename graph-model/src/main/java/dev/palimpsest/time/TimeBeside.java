package dev.palimpsest.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A time that English words tell by something else: `two weeks after the trip`, `the day before
/// her exam`, `since the move`.
///
/// @param anchor the words for the other thing
/// @param rest the text without all of this
/// @param away how far from it; empty if only the side is told
public record TimeBeside(String anchor, String rest, Side side, Optional<Away> away) {

    /// On which side of the other thing.
    public enum Side {
        BEFORE,
        AFTER,
        /// After it, however long.
        SINCE,
        /// Before it, however long.
        UNTIL
    }

    /// @param days how exactly the distance is told: so many days around its end are meant
    public record Away(Period period, int days) {}

    /// What is only told to be before or after something is taken to lie so near to it.
    private static final int DAYS_NEAR = 90;

    /// Words of an anchor; further ones are left out.
    private static final int MOST_WORDS = 8;

    /// An anchor ends with its clause.
    private static final Pattern BESIDE =
            Pattern.compile(
                    "\\b(?:(?:"
                            + TimeWords.NUMBER
                            + "|the) (day|week|month|year)s? (before|after)|(before|after|since|until))"
                            + " ((?:(?!(?:did|do|does|was|were|has|had|what|who|when|where|which|how)\\b)"
                            + "[\\p{L}\\d'’-]+\\s*){1,"
                            + MOST_WORDS
                            + "})",
                    Pattern.CASE_INSENSITIVE);

    /// The first that a text tells.
    public static Optional<TimeBeside> in(String text) {
        var read = text.substring(0, Math.min(text.length(), TimeWords.LONGEST_TEXT));
        var matcher = BESIDE.matcher(read);
        if (!matcher.find()) {
            return Optional.empty();
        }
        var said = matcher.toMatchResult();
        var rest = read.substring(0, said.start()) + ' ' + read.substring(said.end());
        var side = said.group(3) == null ? said.group(4) : said.group(3);
        return Optional.of(
                new TimeBeside(
                        said.group(5).strip(),
                        rest,
                        Side.valueOf(side.toUpperCase(Locale.ROOT)),
                        Optional.ofNullable(said.group(2)).map(unit -> away(said, unit))));
    }

    private static Away away(MatchResult said, String unit) {
        int count = said.group(1) == null ? 1 : TimeWords.count(said.group(1));
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "day" -> new Away(Period.ofDays(count), 1);
            case "week" -> new Away(Period.ofWeeks(count), 7);
            case "month" -> new Away(Period.ofMonths(count), 30);
            default -> new Away(Period.ofYears(count), 365);
        };
    }

    /// The time that is told, given when the other thing was; empty if it lies beyond all that may
    /// be named. Of what has no end the beginning counts. The day of the other thing belongs to
    /// both sides: what is said of an afternoon may be about the morning.
    public Optional<Interval> of(Interval other) {
        try {
            return Optional.of(told(other));
        } catch (IllegalArgumentException beyond) {
            return Optional.empty();
        }
    }

    private Interval told(Interval other) {
        var first = day(other.from());
        var last =
                other.end() instanceof Interval.End.At(Instant end)
                        ? day(end.minusNanos(1_000))
                        : first;
        if (away.isPresent()) {
            var distance = away.get().period;
            var middle = side == Side.BEFORE ? first.minus(distance) : last.plus(distance);
            int days = away.get().days;
            return between(middle.minusDays(days / 2), middle.plusDays((days + 1) / 2));
        }
        return switch (side) {
            case BEFORE -> between(first.minusDays(DAYS_NEAR), first.plusDays(1));
            case AFTER -> between(last, last.plusDays(1 + DAYS_NEAR));
            case SINCE -> Interval.since(start(last));
            case UNTIL -> Interval.between(Moments.BEGINNING, start(first.plusDays(1)));
        };
    }

    private static Interval between(LocalDate from, LocalDate until) {
        return Interval.between(start(from), start(until));
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
