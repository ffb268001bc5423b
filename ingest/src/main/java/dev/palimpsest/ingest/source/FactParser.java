package dev.palimpsest.ingest.source;

import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.Statement.Replaces;
import dev.palimpsest.time.Interval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Reads a fact as a source says it. Without `valid` it holds always.
final class FactParser {

    static final List<String> FIELDS =
            List.of(
                    "subject",
                    "predicate",
                    "object",
                    "valid",
                    "source",
                    "confidence",
                    "strength",
                    "delay",
                    "statement",
                    "evidence");

    private static final Shape<String> SENTENCE =
            Shapes.WORDS.as(sentence -> new Value.Text(sentence).text());

    private FactParser() {}

    static Statement statement(StrictObject fact) {
        var qualifiers =
                new Qualifiers(
                        share(fact, "confidence"),
                        share(fact, "strength"),
                        fact.optional("delay", DomainShapes.DELAY),
                        fact.optional("statement", SENTENCE));
        return new Statement(
                fact.required("subject", DomainShapes.ENTITY),
                fact.required("predicate", DomainShapes.PREDICATE),
                fact.required("object", DomainShapes.VALUE),
                fact.optional("valid", DomainShapes.INTERVAL).orElse(Interval.ALWAYS),
                fact.required("source", DomainShapes.SOURCE),
                qualifiers,
                fact.optional("evidence", DomainShapes.EVIDENCE),
                Replaces.OVERLAP);
    }

    private static OptionalDouble share(StrictObject fact, String name) {
        Optional<Double> share = fact.optional(name, Shapes.SHARE);
        return share.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
    }
}
