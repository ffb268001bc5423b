package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.model.Predicate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the rows of a table mean: each is an entity with facts about it, a fact or a memory.
///
/// ```json
/// {"entity": {"id": {"from": "code"}, "type": {"text": "Airport"}, "name": {"from": "desc"},
///             "place": {"lat": {"from": "lat"}, "lon": {"from": "lon"}}, "source": {"text": "routes"},
///             "facts": [{"predicate": "runways", "kind": "number", "from": "runways"}]}}
/// {"delimiter": ";",
///  "fact": {"subject": {"from": "who"}, "predicate": {"text": "worksFor"},
///           "object": {"kind": "entity", "from": "where"},
///           "from": {"from": "since", "unit": "date"}, "until": {"from": "to", "unit": "date"},
///           "source": {"text": "hr"}}}
/// {"memory": {"text": {"from": "note"}, "occurred": {"from": "when"}, "speaker": {"from": "who"},
///             "mentions": [{"from": "about"}], "source": {"from": "desk"}}}
/// ```
///
/// The language is that of [GeoJsonMapping]; columns take the place of properties, and an empty
/// cell is none.
public record TableMapping(Optional<Character> delimiter, Rows rows) {

    /// What a row is.
    public sealed interface Rows {
        /// An entity, its place in two columns.
        record OfEntities(GeoJsonMapping mapping, Optional<Place> place) implements Rows {}

        /// An item of that kind.
        record OfItems(ItemKind kind, List<Field> fields) implements Rows {
            public OfItems {
                fields = List.copyOf(fields);
            }
        }
    }

    /// The two columns of a point.
    public record Place(Pick latitude, Pick longitude) {}

    /// A field of an item.
    ///
    /// @param path such as `valid`, `from`; the last is a number if the field is an array
    /// @param json how the cell becomes JSON
    public record Field(List<String> path, Pick pick, Shape<JsonNode> json) {
        public Field {
            path = List.copyOf(path);
        }
    }

    /// @throws InvalidField if `json` is no mapping of a table
    public static TableMapping parse(byte[] json) {
        return TableMappingParser.mapping(StrictJson.read(json));
    }

    /// The predicates of an entity's facts, as they should be registered.
    public List<Predicate> predicates() {
        return switch (rows) {
            case Rows.OfEntities(var mapping, _) -> mapping.predicates();
            case Rows.OfItems _ -> List.of();
        };
    }

    /// This mapping, but what it reads is recorded when it is written.
    public TableMapping recordedNow() {
        var now =
                switch (rows) {
                    case Rows.OfEntities(var mapping, var place) ->
                            new Rows.OfEntities(mapping.recordedNow(), place);
                    case Rows.OfItems(var kind, var fields) ->
                            new Rows.OfItems(
                                    kind,
                                    fields.stream()
                                            .filter(field ->
                                                    !field.path().contains(ItemParser.RECORDED))
                                            .toList());
                };
        return new TableMapping(delimiter, now);
    }

    /// The columns that must be there: those named by `from`. Those in texts may be missing, as
    /// cells may be empty.
    Set<String> columns() {
        var columns = new TreeSet<String>();
        switch (rows) {
            case Rows.OfEntities(var mapping, var place) -> {
                mapping.picks().forEach(pick -> pick.property().ifPresent(columns::add));
                place.ifPresent(both -> {
                    both.latitude().property().ifPresent(columns::add);
                    both.longitude().property().ifPresent(columns::add);
                });
            }
            case Rows.OfItems(_, var fields) ->
                    fields.forEach(field -> field.pick().property().ifPresent(columns::add));
        }
        return columns;
    }
}
