package dev.palimpsest.api.mcp;

import dev.palimpsest.ingest.source.InvalidField;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.util.DefaultMcpUriTemplateManager;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Something of the store that has an address, so that people can hand it to their agent: what a
/// tool tells, with the variables of the address as its arguments.
///
/// @param address such as `palimpsest://spaces/{space}/entities/{id}`; what stands in a variable is
///   percent-encoded
public record View(String address, String title, String description, Tool tool) {

    private static final String JSON = "application/json";

    /// All there are.
    static List<View> all(Tool spaces, Tool entity, Tool history, Tool memory) {
        var one = "palimpsest://spaces/{space}/";
        return List.of(
                new View("palimpsest://spaces", "Spaces", "The spaces that may be read.", spaces),
                new View(
                        one + "entities/{id}",
                        "Entity",
                        "What is known of an entity: its profile, up to 50 facts about it, and what"
                                + " refers to it. The tool of that name pages on.",
                        entity),
                new View(
                        one + "entities/{entity}/history",
                        "History of an entity",
                        "What was ever believed of an entity, and from when to when: the first 50"
                                + " versions. The tool of that name pages on.",
                        history),
                new View(
                        one + "memories/{id}",
                        "Memory",
                        "A whole memory, of which evidence may have quoted a part.",
                        memory));
    }

    boolean isTemplate() {
        return !template().getVariableNames().isEmpty();
    }

    SyncResourceSpecification resource(Calls calls) {
        return new SyncResourceSpecification(
                Resource.builder(address, tool.name())
                        .title(title)
                        .description(description)
                        .mimeType(JSON)
                        .build(),
                (exchange, request) -> read(calls, exchange, request));
    }

    SyncResourceTemplateSpecification template(Calls calls) {
        return new SyncResourceTemplateSpecification(
                ResourceTemplate.builder(address, tool.name())
                        .title(title)
                        .description(description)
                        .mimeType(JSON)
                        .build(),
                (exchange, request) -> read(calls, exchange, request));
    }

    private ReadResourceResult read(
            Calls calls, McpSyncServerExchange exchange, ReadResourceRequest request) {
        try {
            var answer = calls.carryOut(tool, exchange, arguments(request.uri()));
            return ReadResourceResult.builder(
                            List.of(
                                    TextResourceContents.builder(request.uri(), Calls.json(answer))
                                            .mimeType(JSON)
                                            .build()))
                    .build();
        } catch (RuntimeException e) {
            throw Calls.error(tool.name(), e);
        }
    }

    /// What stands in an address where this has variables.
    private Map<String, String> arguments(String uri) {
        var arguments = new HashMap<String, String>();
        template()
                .extractVariableValues(uri)
                .forEach((name, part) -> arguments.put(name, decoded(part)));
        return arguments;
    }

    private DefaultMcpUriTemplateManager template() {
        return new DefaultMcpUriTemplateManager(address);
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidField("uri", "is not percent-encoded: " + part);
        }
    }
}
