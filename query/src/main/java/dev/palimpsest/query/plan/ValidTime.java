package dev.palimpsest.query.plan;

import dev.palimpsest.query.index.adjacency.Holding;
import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.question.Constraint.When;
import dev.palimpsest.question.Question;
import dev.palimpsest.time.Allen;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Interval.End;
import dev.palimpsest.time.Moments;
import java.time.Instant;
import java.util.Optional;

/// The valid time a question is about.
///
/// Facts of state are asked for as of now unless the question says when; events and memories are
/// not filtered by time then, nor are facts about events, which stay what they were. A question
/// that says `near` looks around that moment instead of now, and at facts of any time.
public record ValidTime(
        Optional<When.At> at,
        Optional<When.During> during,
        Optional<When.Related> related,
        Optional<When.Near> near,
        Instant now) {

    public static ValidTime of(Question question, Instant now) {
        return new ValidTime(
                question.find(When.At.class),
                question.find(When.During.class),
                question.find(When.Related.class),
                question.find(When.Near.class),
                now);
    }

    /// Whether the question leaves the time of facts to the default.
    public boolean isUsual() {
        return at.isEmpty() && during.isEmpty() && related.isEmpty() && near.isEmpty();
    }

    /// The moment things are looked at when no hard constraint says when.
    public Instant reference() {
        return near.map(When.Near::moment).orElse(now);
    }

    /// Which facts count that are looked at only for the sake of others: those that say where an
    /// entity is, and those that join entities.
    public Holding ofOtherFacts() {
        if (at.isPresent()) {
            return new Holding.At(Moments.toMicros(at.get().moment()), at.get().possibly());
        }
        return stretch()
                .<Holding>map(ValidTime::sometime)
                .orElseGet(() -> new Holding.Usually(Moments.toMicros(reference())));
    }

    /// The stretch of time the question is about, if it is not about a moment.
    public Optional<When.During> stretch() {
        return during.or(
                () -> related.map(asked -> new When.During(reach(asked), asked.possibly())));
    }

    /// What the hard constraints ask of a row's own time.
    Filter ofRowItself() {
        return Filter.all(
                at.<Filter>map(asked -> new Filter.HoldsAt(asked.moment(), asked.possibly()))
                        .orElse(Filter.ANYTHING),
                during.<Filter>map(asked -> new Filter.LiesIn(asked.interval(), asked.possibly()))
                        .orElse(Filter.ANYTHING),
                related.<Filter>map(asked ->
                                new Filter.Related(asked.relations(), asked.to(), asked.possibly()))
                        .orElse(Filter.ANYTHING));
    }

    /// Where rows that stand in one of the relations to the interval are looked for: within it if
    /// they share a moment with it, before and after it if they do not, from the first to the last
    /// of these.
    private static Interval reach(When.Related asked) {
        var relations = asked.relations();
        var to = asked.to();
        boolean inside = relations.stream().anyMatch(Allen::isShared);
        boolean before = relations.contains(Allen.BEFORE) || relations.contains(Allen.MEETS);
        boolean after = relations.contains(Allen.AFTER) || relations.contains(Allen.MET_BY);
        if (before && to.from().isAfter(Moments.BEGINNING)) {
            return inside || after
                    ? new Interval(Moments.BEGINNING, after ? new End.Open() : to.end())
                    : Interval.between(Moments.BEGINNING, to.from());
        }
        if (after) {
            boolean alone = !inside && !before;
            return Interval.since(
                    alone && to.end() instanceof End.At(Instant end) ? end : to.from());
        }
        return to;
    }

    private static Holding sometime(When.During asked) {
        return new Holding.Sometime(
                asked.interval().fromMicros(), asked.interval().untilMicros(), asked.possibly());
    }
}
