package dev.palimpsest.query.plan;

import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.query.rank.Decay;
import dev.palimpsest.query.rank.Fusion;
import dev.palimpsest.query.rank.Judge;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Constraint.When;
import dev.palimpsest.question.Constraint.Where;
import dev.palimpsest.question.Dimension;
import dev.palimpsest.question.Kind;
import dev.palimpsest.space.Region;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/// What may come before the last of an answer though no list of the best held it: it fits no word,
/// and is second to many in place and in time alone, but good in both together.
///
/// Once it is known which score has to be reached, the soft constraints of place and time become
/// hard ones: no further away, no longer before or after than a row may be that reaches it in spite
/// of its words. As a rule that is a small region and a short time, or nothing at all.
public final class Overlooked {

    /// A score that is as good as reached.
    private static final double MARGIN = 1e-9;

    /// So often a stretch is halved to find the least score that is enough.
    private static final int HALVINGS = 40;

    /// Half the way round the Earth: nothing is further away.
    private static final double FURTHEST_KILOMETRES = 20_038;

    /// Regions and times are made so much larger, as an index rounds both, and a metre.
    private static final double ROUNDED = 1e-3;

    private static final double MICROS_PER_SECOND = 1e6;

    /// Some 30,000 years: longer than there are times.
    private static final double LONGEST_MICROS = 1e18;

    private final Plan plan;
    private final Optional<Where.Around> around;
    private final Optional<When.Near> near;

    public Overlooked(Plan plan) {
        this.plan = plan;
        this.around = plan.question().find(Where.Around.class);
        this.near = plan.question().find(When.Near.class);
    }

    /// What a row must pass that was on no list and reaches a score; empty if none can, or if the
    /// question grades neither by place nor by time, or by hops too.
    ///
    /// @param score more than 0
    public Optional<Filter> reaching(double score) {
        if (plan.hops().isPresent() || (around.isEmpty() && near.isEmpty()) || score <= 0) {
            return Optional.empty();
        }
        var sorts = new ArrayList<Filter>();
        if (around.isPresent() && near.isPresent()) {
            var place = least(score, graded -> fused(graded, 1));
            var time = least(score, graded -> fused(1, graded));
            if (place.isPresent() && time.isPresent()) {
                sorts.add(Filter.all(closer(place), sooner(time)));
            }
        }
        if (around.isPresent()) {
            var place = least(score, this::fused);
            if (place.isPresent()) {
                sorts.add(
                        near.isPresent()
                                ? Filter.all(closer(place), new Filter.Not(new Filter.HasTime()))
                                : closer(place));
            }
        }
        if (near.isPresent()) {
            // Whether it has a place is for its entities to say, so that is left open.
            var time = least(score, this::fused);
            if (time.isPresent()) {
                sorts.add(sooner(time));
            }
        }
        return sorts.isEmpty() ? Optional.empty() : Optional.of(new Filter.AnyOf(sorts));
    }

    /// The best score of a row with these scores for place and time, or for one of them.
    private double fused(double... graded) {
        var scores = new ArrayList<Double>();
        for (double one : graded) {
            scores.add(one);
        }
        for (var dimension : Dimension.values()) {
            boolean isGraded =
                    (dimension == Dimension.WHERE && around.isPresent())
                            || (dimension == Dimension.WHEN && near.isPresent());
            if (plan.question().asks(dimension) && !isGraded) {
                scores.add(dimension == Dimension.WHAT ? withoutWords() : 1.0);
            }
        }
        return Fusion.of(scores);
    }

    /// What it is at best of a row that fits no word.
    private double withoutWords() {
        boolean isWorded = plan.question().find(What.Text.class).isPresent();
        boolean isMeasured = plan.question().find(What.Quantities.class).isPresent();
        return isWorded ? isMeasured ? Judge.WITHOUT_WORDS : 0 : 1;
    }

    /// The least score in one dimension with which the whole is enough; empty if 1 is not.
    private static OptionalDouble least(double enough, DoubleUnaryOperator whole) {
        double needed = enough - MARGIN;
        if (whole.applyAsDouble(1) < needed) {
            return OptionalDouble.empty();
        }
        double low = 0;
        double high = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (whole.applyAsDouble(middle) < needed) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return OptionalDouble.of(low);
    }

    /// Rows of any kind that are at least so near.
    private Filter closer(OptionalDouble least) {
        var asked = around.orElseThrow();
        double kilometres =
                Decay.distance(least.getAsDouble(), asked.halfKilometres()) * (1 + ROUNDED)
                        + ROUNDED;
        var region = new Region.Circle(asked.point(), Math.min(FURTHEST_KILOMETRES, kilometres));
        var rule = new PlaceRule(plan.view(), region);
        return new Filter.AnyOf(
                Stream.of(Kind.values())
                        .filter(plan.question().kinds()::contains)
                        .map(kind -> Filter.all(new Filter.Kinds(Set.of(kind)), rule.filter(kind)))
                        .toList());
    }

    /// Rows that hold at most so long before or after the moment.
    private Filter sooner(OptionalDouble least) {
        var asked = near.orElseThrow();
        double micros =
                Decay.distance(
                        least.getAsDouble(), MICROS_PER_SECOND * Decay.seconds(asked.half()));
        long moment = Moments.toMicros(asked.moment());
        if (micros > LONGEST_MICROS) {
            return new Filter.HasTime();
        }
        long gap = (long) Math.ceil(micros * (1 + ROUNDED)) + 1;
        long first = Math.max(moment - gap, Moments.toMicros(Moments.BEGINNING));
        long last = Math.min(moment + gap, Moments.toMicros(Moments.LAST));
        return new Filter.HoldsDuring(
                Interval.between(Moments.fromMicros(first), Moments.fromMicros(last)), true);
    }
}
