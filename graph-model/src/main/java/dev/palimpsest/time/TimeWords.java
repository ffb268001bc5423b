package dev.palimpsest.time;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Reads a stretch of time off English words: `7 May 2023`, `in May`, `summer of 2022`, `last
/// spring`, `yesterday`, `two weeks ago`. Days are those of UTC; a season is that of the north.
public final class TimeWords {

    private static final String MONTH =
            "(january|february|march|april|may|june|july|august|september|october|november|december)";
    private static final String DAY = "(\\d{1,2})(?:st|nd|rd|th)?";
    private static final String YEAR = "((?:19|20)\\d\\d)";
    private static final String SEASON = "(spring|summer|autumn|fall|winter)";
    static final String NUMBER =
            "(\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)";
    private static final List<String> MONTHS =
            List.of(
                    "january",
                    "february",
                    "march",
                    "april",
                    "may",
                    "june",
                    "july",
                    "august",
                    "september",
                    "october",
                    "november",
                    "december");
    private static final List<String> NUMBERS =
            List.of(
                    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
                    "ten", "eleven", "twelve");

    /// The first month of each season.
    private static final Map<String, Integer> SEASONS =
            Map.of("spring", 3, "summer", 6, "autumn", 9, "fall", 9, "winter", 12);

    private static final int MONTHS_OF_SEASON = 3;
    static final int LONGEST_TEXT = 10_000;

    /// A way of saying when; `of` gives the first day and the day after the last.
    private record Rule(Pattern pattern, BiFunction<MatchResult, LocalDate, Days> of) {

        static Rule of(String pattern, BiFunction<MatchResult, LocalDate, Days> of) {
            return new Rule(Pattern.compile("\\b" + pattern + "\\b"), of);
        }
    }

    private record Days(LocalDate from, LocalDate until) {}

    /// The more precise first.
    private static final List<Rule> RULES =
            List.of(
                    Rule.of("(\\d{4})-(\\d\\d)-(\\d\\d)", (said, _) -> day(said, 1, 2, 3)),
                    Rule.of(
                            DAY + "(?: of)? " + MONTH + ",? " + YEAR,
                            (said, _) -> day(said, 3, 2, 1)),
                    Rule.of(MONTH + " " + DAY + ",? " + YEAR, (said, _) -> day(said, 3, 1, 2)),
                    Rule.of(
                            MONTH + "(?: of)?,? " + YEAR,
                            (said, _) -> month(YearMonth.of(number(said, 2), number(said, 1)))),
                    Rule.of(
                            SEASON + "(?: of)?,? " + YEAR,
                            (said, _) -> season(said.group(1), number(said, 2))),
                    Rule.of("(?:last|this) " + SEASON, TimeWords::latestSeason),
                    Rule.of("(?:last|this|in|during) " + MONTH, TimeWords::latestMonth),
                    Rule.of(
                            NUMBER + " (day|week|month|year)s? ago",
                            (said, today) -> ago(said, today)),
                    Rule.of("(last|this) (week|month|year)", TimeWords::current),
                    Rule.of("yesterday", (_, today) -> days(today.minusDays(1), 1)),
                    Rule.of("today", (_, today) -> days(today, 1)),
                    Rule.of(
                            "(?:in|during|of|year) " + YEAR,
                            (said, _) -> months(YearMonth.of(number(said, 1), 1), 12)));

    private TimeWords() {}

    /// The first stretch that the first rule that fits finds.
    ///
    /// @param now what `last`, `this` and `ago` are counted from
    public static Optional<Interval> in(String text, Instant now) {
        var words =
                text.substring(0, Math.min(text.length(), LONGEST_TEXT)).toLowerCase(Locale.ROOT);
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        for (var rule : RULES) {
            var matcher = rule.pattern.matcher(words);
            if (matcher.find()) {
                try {
                    var days = rule.of.apply(matcher.toMatchResult(), today);
                    return Optional.of(Interval.between(start(days.from), start(days.until)));
                } catch (DateTimeException | IllegalArgumentException notADay) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static int number(MatchResult said, int group) {
        var word = said.group(group);
        if (MONTHS.contains(word)) {
            return MONTHS.indexOf(word) + 1;
        }
        return count(word);
    }

    /// What a text that fits [#NUMBER] counts.
    static int count(String word) {
        var number = word.toLowerCase(Locale.ROOT);
        if (number.equals("a") || number.equals("an")) {
            return 1;
        }
        return NUMBERS.contains(number) ? NUMBERS.indexOf(number) : Integer.parseInt(number);
    }

    private static Days day(MatchResult said, int year, int month, int day) {
        return days(LocalDate.of(number(said, year), number(said, month), number(said, day)), 1);
    }

    private static Days days(LocalDate from, int count) {
        return new Days(from, from.plusDays(count));
    }

    private static Days month(YearMonth month) {
        return months(month, 1);
    }

    private static Days months(YearMonth first, int count) {
        return new Days(first.atDay(1), first.plusMonths(count).atDay(1));
    }

    private static Days season(String name, int year) {
        return months(YearMonth.of(year, SEASONS.getOrDefault(name, 1)), MONTHS_OF_SEASON);
    }

    /// The last that has begun; as `last` it is over, too.
    private static Days latestSeason(MatchResult said, LocalDate today) {
        boolean over = said.group().startsWith("last");
        var season = season(said.group(1), today.getYear());
        while ((over ? season.until.minusDays(1) : season.from).isAfter(today)) {
            season = season(said.group(1), YearMonth.from(season.from).getYear() - 1);
        }
        return season;
    }

    private static Days latestMonth(MatchResult said, LocalDate today) {
        var month = YearMonth.of(today.getYear(), number(said, 1));
        boolean later = month.atDay(1).isAfter(today);
        return month(later ? month.minusYears(1) : month);
    }

    /// As long as its unit, around the moment.
    private static Days ago(MatchResult said, LocalDate today) {
        int count = number(said, 1);
        return switch (said.group(2)) {
            case "day" -> days(today.minusDays(count), 1);
            case "week" -> days(today.minusWeeks(count).minusDays(3), 7);
            case "month" -> centred(today.minusMonths(count), Period.ofDays(15));
            default -> centred(today.minusYears(count), Period.ofMonths(6));
        };
    }

    private static Days centred(LocalDate day, Period half) {
        return new Days(day.minus(half), day.plus(half));
    }

    private static Days current(MatchResult said, LocalDate today) {
        int back = said.group(1).equals("last") ? 1 : 0;
        return switch (said.group(2)) {
            case "week" ->
                    days(
                            today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                                    .minusWeeks(back),
                            7);
            case "month" -> month(YearMonth.from(today).minusMonths(back));
            default -> months(YearMonth.of(today.getYear() - back, 1), 12);
        };
    }
}
