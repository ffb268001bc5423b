package dev.palimpsest.api.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What of a request must be of the right shape before anybody can carry it out. Read as a stream:
/// what else is in it may be large, and is left to others.
///
/// @param id a string or a number
/// @param params what the parameters begin with; nothing if they are left out
/// @param given what each parameter begins with
record MessageOutline(JsonNode id, String method, JsonToken params, Map<String, JsonToken> given) {

    private static final JsonMapper JSON = new JsonMapper();

    /// The string that the parameters of a method must have.
    private static final Map<String, String> NEEDED =
            Map.of(
                    McpSchema.METHOD_INITIALIZE, "protocolVersion",
                    McpSchema.METHOD_TOOLS_CALL, "name",
                    McpSchema.METHOD_PROMPT_GET, "name",
                    McpSchema.METHOD_RESOURCES_READ, "uri",
                    McpSchema.METHOD_LOGGING_SET_LEVEL, "level");

    /// Those that are objects wherever they are given.
    private static final List<String> OBJECTS = List.of("arguments", "_meta");

    /// @return empty for what is no request, and what is no JSON
    static Optional<MessageOutline> of(String message) {
        try (var parser = JSON.createParser(message)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? read(parser) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Optional<MessageOutline> read(JsonParser parser) throws IOException {
        JsonNode id = MissingNode.getInstance();
        var method = "";
        var params = JsonToken.NOT_AVAILABLE;
        Map<String, JsonToken> given = new HashMap<>();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            var token = parser.nextToken();
            if (name.equals("id") && token.isScalarValue()) {
                id = JSON.readTree(parser);
            } else if (name.equals("method") && token == JsonToken.VALUE_STRING) {
                method = parser.getText();
            } else if (name.equals("params")) {
                params = token;
                given = token == JsonToken.START_OBJECT ? parameters(parser) : Map.of();
            }
            parser.skipChildren();
        }
        return method.isEmpty() || !(id.isTextual() || id.isNumber())
                ? Optional.empty()
                : Optional.of(new MessageOutline(id, method, params, given));
    }

    private static Map<String, JsonToken> parameters(JsonParser parser) throws IOException {
        Map<String, JsonToken> given = new HashMap<>();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            var token = parser.nextToken();
            if (OBJECTS.contains(name) || NEEDED.containsValue(name)) {
                given.put(name, token);
            }
            parser.skipChildren();
        }
        return given;
    }

    /// What is wrong with the parameters, for whoever sent them.
    Optional<String> wrong() {
        var needed = Optional.ofNullable(NEEDED.get(method));
        boolean isLeftOut = params == JsonToken.NOT_AVAILABLE || params == JsonToken.VALUE_NULL;
        if (isLeftOut && needed.isEmpty()) {
            return Optional.empty();
        }
        if (params != JsonToken.START_OBJECT) {
            return Optional.of("params: must be an object" + example());
        }
        if (needed.isPresent() && given.get(needed.get()) != JsonToken.VALUE_STRING) {
            return Optional.of("params." + needed.get() + ": must be a string" + example());
        }
        return OBJECTS.stream()
                .filter(name -> !isObjectOrNone(given.get(name)))
                .findFirst()
                .map(name -> "params." + name + ": must be an object" + example());
    }

    private static boolean isObjectOrNone(@Nullable JsonToken token) {
        return token == null || token == JsonToken.VALUE_NULL || token == JsonToken.START_OBJECT;
    }

    private String example() {
        return method.equals(McpSchema.METHOD_TOOLS_CALL)
                ? ", such as {\"name\": \"spaces\", \"arguments\": {}}"
                : "";
    }
}
