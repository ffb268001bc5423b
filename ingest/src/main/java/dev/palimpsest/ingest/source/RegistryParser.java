package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Source;
import dev.palimpsest.model.SourceId;
import java.util.List;
import java.util.stream.Stream;

/// Reads what a space is told of its predicates and sources.
public final class RegistryParser {

    private static final String PREDICATE = "predicate";
    private static final String SOURCE = "source";

    private static final List<String> DEFINITION =
            List.of("functional", "causal", "symmetric", "inverse", "object");

    /// What a predicate may say that names itself.
    static final List<String> NAMED = Stream.concat(Stream.of("id"), DEFINITION.stream()).toList();

    private RegistryParser() {}

    /// `{"functional": true, "causal": false, "symmetric": false, "inverse": null, "object":
    /// "number"}`, each optional.
    ///
    /// @throws InvalidField if it is none
    public static Predicate predicate(PredicateName name, JsonNode node) {
        return predicate(name, StrictObject.of(node, PREDICATE, DEFINITION));
    }

    /// The same with its `id`.
    static Predicate named(StrictObject predicate) {
        return predicate(predicate.required("id", DomainShapes.PREDICATE), predicate);
    }

    private static Predicate predicate(PredicateName name, StrictObject predicate) {
        boolean functional = predicate.optional("functional", Shapes.FLAG).orElse(false);
        boolean causal = predicate.optional("causal", Shapes.FLAG).orElse(false);
        boolean symmetric = predicate.optional("symmetric", Shapes.FLAG).orElse(false);
        var inverse = predicate.optional("inverse", DomainShapes.PREDICATE);
        var object = predicate.optional("object", DomainShapes.KIND);
        return Shapes.made(
                PREDICATE,
                () -> new Predicate(name, functional, causal, symmetric, inverse, object));
    }

    /// `{"kind": "sensor", "description": "..."}`, each optional.
    ///
    /// @throws InvalidField if it is none
    public static Source source(SourceId id, JsonNode node) {
        var source = StrictObject.of(node, SOURCE, List.of("kind", "description"));
        return new Source(
                id,
                source.optional("kind", Shapes.LABEL),
                source.optional("description", Shapes.WORDS));
    }
}
