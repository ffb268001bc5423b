package dev.palimpsest.datasets.peers;

import dev.palimpsest.datasets.peers.PlainReading.Passing;
import dev.palimpsest.question.Constraint;
import dev.palimpsest.question.Constraint.When;
import dev.palimpsest.question.Count;
import dev.palimpsest.question.Counter;
import dev.palimpsest.question.Grouping;
import dev.palimpsest.question.Kind;
import dev.palimpsest.question.Question;
import dev.palimpsest.question.Reader;
import dev.palimpsest.time.Moments;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What Palimpsest lets pass, compared with a look at every row: kind by kind, day by day. Of a
/// question without a stretch of time, which [Counter] understands otherwise, kind by kind only.
record OurPassing(Counter counter, Reader exact) {

    private static final String PASSING = "passing";

    /// What differs, in words; rows at the border of the circle may or may not pass.
    List<String> differences(Question question, Passing passing) {
        var differences = new ArrayList<String>();
        for (var kind : Kind.values()) {
            var ours =
                    question.find(When.During.class).isPresent()
                            ? byDay(question, kind)
                            : Map.of("", inAll(question, kind));
            boolean daily = question.find(When.During.class).isPresent();
            var surely = counts(passing, kind, daily, false);
            var perhaps = counts(passing, kind, daily, true);
            var days = new TreeSet<>(perhaps.keySet());
            days.addAll(ours.keySet());
            for (var day : days) {
                long count = ours.getOrDefault(day, 0L);
                if (count < surely.getOrDefault(day, 0L) || count > perhaps.getOrDefault(day, 0L)) {
                    differences.add(
                            kind.word() + " " + day + ": " + count + ", not " + surely.get(day));
                }
            }
        }
        return differences;
    }

    private Map<String, Long> byDay(Question question, Kind kind) {
        var hard = question.constraints().stream().filter(Constraint::isHard).toList();
        var counted =
                new Question(
                        question.space(),
                        hard,
                        question.knownAt(),
                        Set.of(kind),
                        1,
                        false,
                        Optional.empty());
        var days = new TreeMap<String, Long>();
        counter.count(new Count(counted, new Grouping.Day(), Count.MOST_GROUPS))
                .groups()
                .forEach(group -> days.put(group.key(), group.count()));
        return days;
    }

    private long inAll(Question question, Kind kind) {
        return exact.answer(question.ofKinds(Set.of(kind)).explained()).explanation().stream()
                .filter(step -> step.name().equals(PASSING))
                .findFirst()
                .orElseThrow()
                .actualRows();
    }

    private static Map<String, Long> counts(
            Passing passing, Kind kind, boolean daily, boolean withBorder) {
        var counts = new TreeMap<String, Long>();
        var rows = new ArrayList<PeerRow>();
        passing.all().values().stream()
                .filter(row -> !passing.isAtBorder(row.id()))
                .forEach(rows::add);
        if (withBorder) {
            rows.addAll(passing.atBorder().values());
        }
        rows.stream()
                .filter(row -> row.kind() == kind)
                .forEach(row -> counts.merge(daily ? day(row) : "", 1L, Long::sum));
        return counts;
    }

    private static String day(PeerRow row) {
        return LocalDate.ofInstant(Moments.fromMicros(row.validFrom()), ZoneOffset.UTC).toString();
    }
}
