package dev.palimpsest.api.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// How messages of the Model Context Protocol are read: numbers as they are written. The protocol's
/// own mapper takes the nearest that fits 64 bits, and hands on `1e400` as the string `Infinity`.
public final class ExactJson {

    private ExactJson() {}

    public static McpJsonMapper mapper() {
        return new JacksonMcpJsonMapper(
                JsonMapper.shared()
                        .rebuild()
                        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .build());
    }
}
