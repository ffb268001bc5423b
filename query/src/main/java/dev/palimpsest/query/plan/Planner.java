package dev.palimpsest.query.plan;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.query.index.adjacency.ChainEnds;
import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.question.Constraint;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Constraint.When;
import dev.palimpsest.question.Constraint.Where;
import dev.palimpsest.question.Constraint.Who;
import dev.palimpsest.question.Constraint.Why;
import dev.palimpsest.question.Kind;
import dev.palimpsest.question.Quantity;
import dev.palimpsest.question.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Resolves questions into plans.
public final class Planner {

    private final Ledger ledger;

    public Planner(Ledger ledger) {
        this.ledger = ledger;
    }

    /// What came of planning.
    public sealed interface Planned {

        record Ready(Plan plan) implements Planned {}

        /// The question is about an entity that nobody had mentioned at its snapshot.
        record NotYetKnown(EntityId entity) implements Planned {}
    }

    public Planned plan(Question question, View view) {
        var named = question.constraints().stream().flatMap(Planner::named).distinct().toList();
        for (var entity : named) {
            if (ledger.entity(view.space(), entity, view.at()).isEmpty()) {
                return new Planned.NotYetKnown(entity);
            }
        }
        var starts = named.isEmpty() ? Map.<EntityId, Long>of() : ledger.nodes(view.space(), named);
        List<Rule> rules = new ArrayList<>();
        rules.add(new TimeRule(view));
        boolean withFacts = question.kinds().contains(Kind.FACT);
        for (var constraint : question.constraints()) {
            rule(constraint, view, starts, withFacts).ifPresent(rules::add);
        }
        var why = only(CausalRule.class, rules).sorted(CausalRule.IN_CAUSAL_ORDER).toList();
        var hops = only(HopsRule.class, rules).findFirst();
        return new Planned.Ready(
                new Plan(
                        view,
                        question,
                        filter(question.kinds(), rules),
                        why,
                        hops,
                        nowhereSaid(question, view),
                        why.stream().anyMatch(CausalRule::truncated)
                                || hops.map(HopsRule::truncated).orElse(false)));
    }

    /// Soft constraints have no rule, and those of time share one.
    private static Optional<Rule> rule(
            Constraint constraint, View view, Map<EntityId, Long> starts, boolean withFacts) {
        return switch (constraint) {
            case What.Text _, What.Quantities _, Where.Around _, When _ -> Optional.empty();
            case What.Types(var types) -> Optional.of(new TypesRule(view, types));
            case What.Bounds(var bounds) -> Optional.of(new BoundsRule(view, bounds));
            case Where.Within(var region) -> Optional.of(new PlaceRule(view, region));
            case Where.Hops(EntityId from, int hops) ->
                    Optional.of(new HopsRule(view, start(from, starts), hops));
            case Why why -> Optional.of(rule(why, view, starts, withFacts));
            case Who.Sources(var sources) -> Optional.of(new SourcesRule(view, sources));
        };
    }

    private static CausalRule rule(
            Why why, View view, Map<EntityId, Long> starts, boolean withFacts) {
        var ends =
                switch (why) {
                    case Why.CausesOf(var effect, int hops, int _) ->
                            ChainEnds.toEffect(start(effect, starts), hops);
                    case Why.EffectsOf(var cause, int hops, int _) ->
                            ChainEnds.fromCause(start(cause, starts), hops);
                    case Why.Between(var cause, var effect, int hops, int _) ->
                            ChainEnds.between(start(cause, starts), start(effect, starts), hops);
                };
        return new CausalRule(view, ends, why.paths(), withFacts);
    }

    private static Stream<EntityId> named(Constraint constraint) {
        return switch (constraint) {
            case What _, When _, Who _, Where.Within _, Where.Around _ -> Stream.empty();
            case Where.Hops(EntityId from, int _) -> Stream.of(from);
            case Why why -> why.ends().stream();
        };
    }

    private static List<PredicateName> nowhereSaid(Question question, View view) {
        var bounds = question.find(What.Bounds.class).map(What.Bounds::bounds).orElse(List.of());
        var wanted =
                question.find(What.Quantities.class).map(What.Quantities::wanted).orElse(List.of());
        return Stream.concat(bounds.stream(), wanted.stream())
                .map(Quantity::predicate)
                .distinct()
                .filter(predicate -> !view.isSaid(predicate))
                .toList();
    }

    private static long start(EntityId entity, Map<EntityId, Long> starts) {
        var node = starts.get(entity);
        if (node == null) {
            throw new IllegalStateException("an entity with a profile has no node: " + entity);
        }
        return node;
    }

    private static <R extends Rule> Stream<R> only(Class<R> sort, List<Rule> rules) {
        return rules.stream().filter(sort::isInstance).map(sort::cast);
    }

    /// What every kind must pass is looked at first, and once.
    private static Filter filter(Set<Kind> kinds, List<Rule> rules) {
        List<Kind> each = kinds.stream().sorted().toList();
        List<Filter> ofAll = new ArrayList<>();
        List<List<Filter>> ofEach = new ArrayList<>();
        for (var rule : rules) {
            List<Filter> filters = each.stream().map(rule::filter).toList();
            if (Set.copyOf(filters).size() == 1) {
                ofAll.add(filters.getFirst());
            } else {
                ofEach.add(filters);
            }
        }
        List<Filter> any = new ArrayList<>();
        for (int i = 0; i < each.size(); i++) {
            List<Filter> all = new ArrayList<>();
            all.add(new Filter.Kinds(Set.of(each.get(i))));
            for (var filters : ofEach) {
                all.add(filters.get(i));
            }
            any.add(new Filter.AllOf(all));
        }
        ofAll.add(new Filter.AnyOf(any));
        return new Filter.AllOf(ofAll);
    }
}
