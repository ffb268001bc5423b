package dev.palimpsest.query.plan;

import dev.palimpsest.query.index.adjacency.Holding;
import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.question.Constraint.When;
import dev.palimpsest.question.Question;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import java.time.Instant;
import java.util.Optional;

/// The valid time a question is about.
///
/// Facts of state are asked for as of now unless the question says when; events and memories are
/// not filtered by time then, nor are facts about events, which stay what they were. A question
/// that says `near` looks around that moment instead of now, and at facts of any time.
public record ValidTime(
        Optional<When.At> at, Optional<When.During> during, Optional<When.Near> near, Instant now) {

    public static ValidTime of(Question question, Instant now) {
        return new ValidTime(
                question.find(When.At.class),
                question.find(When.During.class),
                question.find(When.Near.class),
                now);
    }

    /// Whether the question leaves the time of facts to the default.
    public boolean isUsual() {
        return at.isEmpty() && during.isEmpty() && near.isEmpty();
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
        if (during.isPresent()) {
            Interval asked = during.get().interval();
            return new Holding.Sometime(
                    asked.fromMicros(), asked.untilMicros(), during.get().possibly());
        }
        return new Holding.Usually(Moments.toMicros(reference()));
    }

    /// What the hard constraints ask of a row's own time.
    Filter ofRowItself() {
        return Filter.all(
                at.<Filter>map(asked -> new Filter.HoldsAt(asked.moment(), asked.possibly()))
                        .orElse(Filter.ANYTHING),
                during.<Filter>map(asked -> new Filter.LiesIn(asked.interval(), asked.possibly()))
                        .orElse(Filter.ANYTHING));
    }
}
