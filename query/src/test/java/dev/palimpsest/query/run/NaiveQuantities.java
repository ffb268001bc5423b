package dev.palimpsest.query.run;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Value;
import dev.palimpsest.question.Quantity;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/// What is asked of quantities, as plainly as can be.
final class NaiveQuantities {

    private NaiveQuantities() {}

    /// Whether one of these entities has a number within each of the bounds.
    static boolean areWithin(
            List<Quantity.Within> bounds, List<EntityId> entities, List<FactVersion> facts) {
        return entities.stream()
                .anyMatch(entity ->
                        bounds.stream()
                                .allMatch(bound ->
                                        numbers(bound.predicate(), List.of(entity), facts)
                                                .anyMatch(number -> isWithin(bound, number))));
    }

    private static boolean isWithin(Quantity.Within bound, double number) {
        return bound.atLeast().orElse(number) <= number && number <= bound.atMost().orElse(number);
    }

    /// How good the best number of these entities is; empty if they have none.
    static OptionalDouble score(
            Quantity.Near wanted, List<EntityId> entities, List<FactVersion> facts) {
        return numbers(wanted.predicate(), entities, facts)
                .map(number -> Math.pow(2, -Math.abs(number - wanted.number()) / wanted.half()))
                .max();
    }

    private static DoubleStream numbers(
            PredicateName predicate, List<EntityId> entities, List<FactVersion> facts) {
        return facts.stream()
                .filter(fact ->
                        fact.predicate().equals(predicate) && entities.contains(fact.subject()))
                .map(FactVersion::object)
                .filter(Value.Numeric.class::isInstance)
                .mapToDouble(object -> ((Value.Numeric) object).number().doubleValue());
    }
}
