package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteItem.Retraction;
import dev.palimpsest.time.Interval;
import java.util.List;
import java.util.Optional;

/// Reads what is taken back, and what is said in its place.
public final class RetractionParser {

    private static final int LONGEST_REASON = 2_000;
    private static final List<String> FIELDS = List.of("source", "everyone", "portion", "reason");
    private static final List<String> CORRECTION_FIELDS = List.of("portion", "reason", "fact");

    private static final Shape<String> REASON =
            Shapes.WORDS.as(reason -> {
                if (reason.length() > LONGEST_REASON) {
                    throw new IllegalArgumentException(
                            "has at most " + LONGEST_REASON + " characters");
                }
                return reason;
            });

    private RetractionParser() {}

    /// `{"source": "us", "portion": {"from": ..., "until": ...}, "reason": "..."}`: a portion of
    /// the source's own words, all of them without `portion`; `"everyone": true` in place of
    /// `source` takes back everyone's.
    ///
    /// @throws InvalidField if it is none
    public static Action.RetractFact retraction(FactId fact, JsonNode node) {
        var retraction = StrictObject.of(node, "", FIELDS);
        boolean everyone = retraction.optional("everyone", Shapes.FLAG).orElse(false);
        Optional<SourceId> source = retraction.optional("source", DomainShapes.SOURCE);
        if (everyone == source.isPresent()) {
            throw new InvalidField(
                    "source", "is whose words are taken back; or give \"everyone\": true instead");
        }
        return new Action.RetractFact(retraction(fact, retraction, source));
    }

    /// `{"fact": {...}, "portion": ..., "reason": "..."}`: the source of the new fact takes back
    /// its own words about the old one.
    ///
    /// @throws InvalidField if it is none
    public static Action.CorrectFact correction(FactId fact, JsonNode node) {
        var correction = StrictObject.of(node, "", CORRECTION_FIELDS);
        var statement = correction.required("fact", RetractionParser::statement);
        return new Action.CorrectFact(
                retraction(fact, correction, Optional.of(statement.source())), statement);
    }

    private static Statement statement(JsonNode node, String path) {
        return FactParser.statement(StrictObject.of(node, path, FactParser.FIELDS));
    }

    private static Retraction retraction(
            FactId fact, StrictObject body, Optional<SourceId> source) {
        Optional<Interval> portion = body.optional("portion", DomainShapes.INTERVAL);
        return new Retraction(fact, portion, source, body.required("reason", REASON));
    }
}
