package dev.palimpsest.ingest.source;

import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the features of a GeoJSON file mean: which property is the id, type, name, time, source,
/// and which become facts.
///
/// ```json
/// {"id": {"from": "@id"}, "type": {"from": "kind", "words": {"quake": "Earthquake"}},
///  "name": {"from": "title"}, "description": {"text": ["{title}.", "Felt by {felt} people."]},
///  "time": {"from": "time", "unit": "milliseconds"}, "recorded": {"from": "updated"},
///  "source": {"text": "us"}, "quote": {"text": "{title}"},
///  "facts": [{"predicate": "magnitude", "kind": "number", "functional": true, "from": "mag"}]}
/// ```
///
/// `id`, `type` and `source` are required. A value comes `from` a property, `@id` or `@z`, the
/// third coordinate, translated by `words` if given; or is a `text` with properties in braces. A
/// moment is ISO 8601 text, or a number of the `unit` since 1970, or, of the unit `date` or `year`,
/// such as `2018-02-06` or `2018`. The feature's point is the place; the event exists at `time`, or
/// from `time` to `until`; facts hold from `time` on.
public record GeoJsonMapping(
        Pick id,
        Pick type,
        Optional<Pick> name,
        Optional<Pick> description,
        Optional<MomentPick> time,
        Optional<MomentPick> until,
        Optional<MomentPick> recorded,
        Pick source,
        Optional<Pick> quote,
        List<FactPick> facts) {

    /// A fact about the feature's entity.
    ///
    /// @param predicate as it should be registered
    public record FactPick(Predicate predicate, Shape<Value> shape, Pick object) {}

    /// A moment in the feature, and how it is written there.
    public record MomentPick(Pick pick, Shape<Instant> shape) {}

    public GeoJsonMapping {
        facts = List.copyOf(facts);
    }

    /// @throws InvalidField if `json` is no mapping
    public static GeoJsonMapping parse(byte[] json) {
        return new MappingParser(Spelling.JSON)
                .entity(StrictJson.read(json), "", MappingParser.FIELDS);
    }

    /// The predicates of the facts, as they should be registered.
    public List<Predicate> predicates() {
        return facts.stream().map(FactPick::predicate).toList();
    }

    /// Every place in a feature that is looked at.
    List<Pick> picks() {
        var picks = new ArrayList<>(List.of(id, type, source));
        Stream.of(name, description, quote).flatMap(Optional::stream).forEach(picks::add);
        Stream.of(time, until, recorded)
                .flatMap(Optional::stream)
                .forEach(moment -> picks.add(moment.pick()));
        facts.forEach(fact -> picks.add(fact.object()));
        return picks;
    }

    /// This mapping, but what it reads is recorded when it is written.
    public GeoJsonMapping recordedNow() {
        return new GeoJsonMapping(
                id, type, name, description, time, until, Optional.empty(), source, quote, facts);
    }
}
