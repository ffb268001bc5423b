package dev.palimpsest.api.wire;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.palimpsest.model.Value;
import java.util.Map;

/// The object of a fact: one field, named for its kind.
///
/// @param kind `entity`, `string`, `number`, `boolean`, `instant`, `geo` or `json`
/// @param value a text; of a number a [java.math.BigDecimal], of a place a [PointBody], of JSON,
///   and of a kind that is not known yet, a [RawValue]
public record ValueBody(@JsonIgnore String kind, @JsonIgnore Object value) {

    public static ValueBody of(Value object) {
        Object value =
                switch (object) {
                    case Value.Entity(var id) -> id.value();
                    case Value.Text(var text) -> text;
                    case Value.Numeric(var number) -> number;
                    case Value.Flag(var flag) -> flag;
                    case Value.Moment(var moment) -> moment.toString();
                    case Value.Geo(var point) -> PointBody.of(point);
                    case Value.Json(var text) -> new RawValue(text);
                };
        return new ValueBody(object.kind().word(), value);
    }

    @JsonAnyGetter
    Map<String, Object> field() {
        return Map.of(kind, value);
    }
}
