package dev.palimpsest.api.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.StringWriter;

/// Reads JSON that nobody here looks into, with its numbers as they stand.
final class RawReader extends JsonDeserializer<RawValue> {

    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public RawValue deserialize(JsonParser in, DeserializationContext context) throws IOException {
        return read(in);
    }

    static RawValue read(JsonParser in) throws IOException {
        var text = new StringWriter();
        try (var out = JSON.createGenerator(text)) {
            int open = copy(in, out);
            while (open > 0 && in.nextToken() != null) {
                open += copy(in, out);
            }
        }
        return new RawValue(text.toString());
    }

    /// @return 1 if an array or object begins here, -1 if one ends
    private static int copy(JsonParser in, JsonGenerator out) throws IOException {
        var token = in.currentToken();
        if (token.isNumeric()) {
            out.writeNumber(in.getText());
        } else {
            out.copyCurrentEvent(in);
        }
        return token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    }
}
