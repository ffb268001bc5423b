package dev.palimpsest.api.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpError;
import java.io.IOException;

/// Writes what the transport refuses as JSON-RPC has it, with what to send instead. Left alone the
/// transport writes out the exception, with all that lies on the stack.
record PlainErrors(McpJsonMapper mapper) implements McpJsonMapper {

    private static final String BEGIN =
            "; a session begins with POST of `initialize`, and each later request repeats the"
                    + " Mcp-Session-Id it answers; all send Accept: application/json,"
                    + " text/event-stream";

    private static String plain(McpError refused) {
        var error = refused.getJsonRpcError();
        var json = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0").putNull("id");
        json.putObject("error")
                .put("code", error.code())
                .put("message", error.message() + hint(error.message()));
        return json.toString();
    }

    private static String hint(String message) {
        boolean isOfSession = message.startsWith("Session ");
        return isOfSession || message.contains("required in Accept header") ? BEGIN : "";
    }

    @Override
    public String writeValueAsString(Object value) throws IOException {
        return value instanceof McpError refused
                ? plain(refused)
                : mapper.writeValueAsString(value);
    }

    @Override
    public byte[] writeValueAsBytes(Object value) throws IOException {
        return mapper.writeValueAsBytes(value);
    }

    @Override
    public <T> T readValue(String content, Class<T> type) throws IOException {
        return mapper.readValue(content, type);
    }

    @Override
    public <T> T readValue(byte[] content, Class<T> type) throws IOException {
        return mapper.readValue(content, type);
    }

    @Override
    public <T> T readValue(String content, TypeRef<T> type) throws IOException {
        return mapper.readValue(content, type);
    }

    @Override
    public <T> T readValue(byte[] content, TypeRef<T> type) throws IOException {
        return mapper.readValue(content, type);
    }

    @Override
    public <T> T convertValue(Object from, Class<T> type) {
        return mapper.convertValue(from, type);
    }

    @Override
    public <T> T convertValue(Object from, TypeRef<T> type) {
        return mapper.convertValue(from, type);
    }
}
