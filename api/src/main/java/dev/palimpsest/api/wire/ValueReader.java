package dev.palimpsest.api.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import java.io.IOException;

/// Reads the object of a fact, of which the name of its one field says what it is.
final class ValueReader extends JsonDeserializer<ValueBody> {

    @Override
    public ValueBody deserialize(JsonParser in, DeserializationContext context) throws IOException {
        if (!in.isExpectedStartObjectToken() || in.nextToken() != JsonToken.FIELD_NAME) {
            return context.reportInputMismatch(this, "an object with one field was expected");
        }
        var kind = in.currentName();
        in.nextToken();
        var body = new ValueBody(kind, value(kind, in, context));
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            in.nextToken();
            in.skipChildren();
        }
        return body;
    }

    /// Of a kind that is not known yet, its JSON.
    private static Object value(String kind, JsonParser in, DeserializationContext context)
            throws IOException {
        return switch (kind) {
            case "entity", "string", "instant" -> context.readValue(in, String.class);
            case "number" -> in.getDecimalValue();
            case "boolean" -> in.getBooleanValue();
            case "geo" -> context.readValue(in, PointBody.class);
            default -> RawReader.read(in);
        };
    }
}
