package dev.palimpsest.api.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.ingest.source.DomainShapes;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.Shape;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.ingest.source.StrictObject;
import dev.palimpsest.question.Constraint;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Reads what is asked of quantities: `{"predicate", "near", "half", "atLeast", "atMost"}`, of
/// which `near` with `half`, or one of the bounds, or both must be there.
final class QuantityShape {

    private static final List<String> FIELDS =
            List.of("predicate", "near", "half", "atLeast", "atMost");

    private static final Shape<Double> FINITE =
            Shapes.DECIMAL.as(number -> {
                if (!Double.isFinite(number)) {
                    throw new IllegalArgumentException("is too large a number: " + number);
                }
                return number;
            });

    private static final Shape<List<QuantityShape>> LIST =
            Shapes.listOf(QuantityShape::of, Constraint.MOST_QUANTITIES);

    private final Optional<Quantity.Near> near;
    private final Optional<Quantity.Within> within;

    private QuantityShape(Optional<Quantity.Near> near, Optional<Quantity.Within> within) {
        this.near = near;
        this.within = within;
    }

    /// The wishes and the bounds in an array, each as one constraint.
    static List<Constraint> read(JsonNode node, String path) {
        var quantities = LIST.read(node, path);
        if (quantities.isEmpty()) {
            throw new InvalidField(path, "names 1 to " + Constraint.MOST_QUANTITIES + " of them");
        }
        var wanted = quantities.stream().flatMap(one -> one.near.stream()).toList();
        var bounds = quantities.stream().flatMap(one -> one.within.stream()).toList();
        var constraints = new ArrayList<Constraint>();
        if (!wanted.isEmpty()) {
            constraints.add(Shapes.made(path, () -> new What.Quantities(wanted)));
        }
        if (!bounds.isEmpty()) {
            constraints.add(Shapes.made(path, () -> new What.Bounds(bounds)));
        }
        return List.copyOf(constraints);
    }

    private static QuantityShape of(JsonNode node, String path) {
        var quantity = StrictObject.of(node, path, FIELDS);
        var predicate = quantity.required("predicate", DomainShapes.PREDICATE);
        Optional<Quantity.Near> near = Optional.empty();
        if (quantity.has("near") || quantity.has("half")) {
            double number = quantity.required("near", FINITE);
            near =
                    Optional.of(
                            quantity.required(
                                    "half",
                                    FINITE.as(half -> new Quantity.Near(predicate, number, half))));
        }
        var least = quantity.optional("atLeast", FINITE);
        var most = quantity.optional("atMost", FINITE);
        if (near.isEmpty() && least.isEmpty() && most.isEmpty()) {
            throw new InvalidField(path, "needs near with half, atLeast or atMost");
        }
        Optional<Quantity.Within> within =
                least.isEmpty() && most.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                Shapes.made(
                                        path,
                                        () ->
                                                new Quantity.Within(
                                                        predicate, number(least), number(most))));
        return new QuantityShape(near, within);
    }

    private static OptionalDouble number(Optional<Double> number) {
        return number.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
    }
}
