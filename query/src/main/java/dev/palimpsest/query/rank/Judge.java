package dev.palimpsest.query.rank;

import dev.palimpsest.query.plan.CausalRule;
import dev.palimpsest.query.plan.CausalRule.Trail;
import dev.palimpsest.query.plan.Plan;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Constraint.When;
import dev.palimpsest.question.Constraint.Where;
import dev.palimpsest.question.Dimension;
import dev.palimpsest.question.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// Scores candidates that passed the filter of a plan. A dimension that was asked and only filters
/// counts 1; one that a candidate lacks is left out, not counted 0.
public final class Judge {

    /// What a place counts that is not a memory's own but that of what it mentions.
    private static final double BORROWED = 0.5;

    /// What one edge more counts.
    private static final double HOP = 0.5;

    /// What a row counts that fits the quantities asked for and none of the words.
    public static final double WITHOUT_WORDS = 0.5;

    private final Plan plan;
    private final TextScores text;
    private final Distances distances;

    public Judge(Plan plan, TextScores text, Distances distances) {
        this.plan = plan;
        this.text = text;
        this.distances = distances;
    }

    /// How far entities are from what a question asks to be near.
    ///
    /// @param kilometres from where it asks `around`
    /// @param quantities from the number of each quantity it asks `near`, in the question's order
    public record Distances(Map<Long, Double> kilometres, List<Map<Long, Double>> quantities) {

        public static final Distances NONE = new Distances(Map.of(), List.of());

        /// Those of further entities, of the same question.
        public Distances and(Distances others) {
            if (this.equals(NONE)) {
                return others;
            }
            return new Distances(
                    both(kilometres, others.kilometres),
                    IntStream.range(0, quantities.size())
                            .mapToObj(i -> both(quantities.get(i), others.quantities.get(i)))
                            .toList());
        }

        private static Map<Long, Double> both(Map<Long, Double> one, Map<Long, Double> other) {
            var both = new HashMap<>(one);
            both.putAll(other);
            return both;
        }
    }

    /// Empty if it has none of the dimensions that were asked.
    public <C extends Judgeable> Optional<Judged<C>> judge(C candidate) {
        Map<Dimension, Double> by = new EnumMap<>(Dimension.class);
        var trails = trails(candidate);
        for (var dimension : Dimension.values()) {
            if (plan.question().asks(dimension)) {
                score(dimension, candidate, trails).ifPresent(score -> by.put(dimension, score));
            }
        }
        return by.isEmpty() ? Optional.empty() : Optional.of(Judged.of(candidate, by, trails));
    }

    private OptionalDouble score(Dimension dimension, Judgeable candidate, List<Trail> trails) {
        return switch (dimension) {
            case WHAT -> what(candidate);
            case WHERE -> where(candidate);
            case WHEN ->
                    plan.question()
                            .find(When.Near.class)
                            .map(near -> near(near, candidate))
                            .orElse(OptionalDouble.of(1));
            case WHY ->
                    OptionalDouble.of(
                            trails.stream()
                                    .mapToDouble(trail -> trail.grade().strength())
                                    .reduce(1, (one, other) -> one * other));
            case WHO -> OptionalDouble.of(1);
        };
    }

    /// The words and each quantity are asked all together, so they multiply: two that are half as
    /// good make a quarter. Words grade a row beside the others that were found, and do not say
    /// that the last of them is nothing; so beside quantities they count from a half to 1.
    private OptionalDouble what(Judgeable candidate) {
        var question = plan.question();
        boolean isWorded = question.find(What.Text.class).isPresent();
        var quantities = quantities(candidate);
        if (quantities.isPresent()) {
            double words =
                    isWorded ? WITHOUT_WORDS + (1 - WITHOUT_WORDS) * text.of(candidate.id()) : 1;
            return OptionalDouble.of(words * quantities.getAsDouble());
        }
        if (isWorded) {
            return OptionalDouble.of(text.of(candidate.id()));
        }
        boolean isFiltered =
                question.find(What.Types.class).isPresent()
                        || question.find(What.Bounds.class).isPresent();
        return isFiltered ? OptionalDouble.of(1) : OptionalDouble.empty();
    }

    /// Empty if it has none of those asked about.
    private OptionalDouble quantities(Judgeable candidate) {
        var wanted =
                plan.question()
                        .find(What.Quantities.class)
                        .map(What.Quantities::wanted)
                        .orElse(List.of());
        return IntStream.range(0, wanted.size())
                .boxed()
                .flatMapToDouble(i ->
                        least(distances.quantities().get(i), ofWhatItIs(candidate)).stream()
                                .map(away -> Decay.halving(away, wanted.get(i).half())))
                .reduce((one, other) -> one * other);
    }

    /// The entities whose quantities it has.
    private static List<Long> ofWhatItIs(Judgeable candidate) {
        return switch (candidate.kind()) {
            case ENTITY, MEMORY -> candidate.nodes();
            case FACT -> candidate.nodes().subList(0, 1);
        };
    }

    private static OptionalDouble near(When.Near near, Judgeable candidate) {
        return candidate.time().stream()
                .mapToDouble(time -> Decay.halving(time, near.moment(), near.half()))
                .findFirst();
    }

    private OptionalDouble where(Judgeable candidate) {
        var around = plan.question().find(Where.Around.class);
        var graded =
                DoubleStream.concat(
                                around.map(asked -> around(asked, candidate)).stream()
                                        .flatMapToDouble(OptionalDouble::stream),
                                plan.hops().map(hops -> hops.distance(candidate.nodes())).stream()
                                        .flatMapToInt(distance -> distance.stream())
                                        .mapToDouble(distance -> Math.pow(HOP, distance)))
                        .average();
        if (graded.isPresent() || plan.question().find(Where.Within.class).isEmpty()) {
            return graded;
        }
        boolean borrowed = candidate.kind() == Kind.MEMORY && candidate.ownPlace().isEmpty();
        return OptionalDouble.of(borrowed ? BORROWED : 1);
    }

    private OptionalDouble around(Where.Around asked, Judgeable candidate) {
        var own =
                candidate.ownPlace().stream()
                        .mapToDouble(point -> point.kilometresTo(asked.point()))
                        .findFirst();
        return switch (candidate.kind()) {
            case ENTITY -> halved(nearest(candidate.nodes()), asked, 1);
            case FACT -> {
                var subject = nearest(candidate.nodes().subList(0, 1));
                var object = own.isPresent() ? own : nearest(candidate.nodes());
                yield halved(subject.isPresent() ? subject : object, asked, 1);
            }
            case MEMORY ->
                    own.isPresent()
                            ? halved(own, asked, 1)
                            : halved(nearest(candidate.nodes()), asked, BORROWED);
        };
    }

    private static OptionalDouble halved(
            OptionalDouble distance, Where.Around asked, double weight) {
        return distance.stream()
                .map(away -> weight * Decay.halving(away, asked.halfKilometres()))
                .findFirst();
    }

    private OptionalDouble nearest(List<Long> nodes) {
        return least(distances.kilometres(), nodes);
    }

    private static OptionalDouble least(Map<Long, Double> distances, List<Long> nodes) {
        return nodes.stream()
                .flatMap(node -> Optional.ofNullable(distances.get(node)).stream())
                .mapToDouble(Double::doubleValue)
                .min();
    }

    private List<Trail> trails(Judgeable candidate) {
        var trails = new ArrayList<Trail>();
        for (CausalRule why : plan.why()) {
            var trail =
                    candidate.kind() == Kind.FACT
                            ? why.of(candidate.id())
                            : why.of(candidate.nodes());
            trail.ifPresent(trails::add);
        }
        return trails;
    }
}
