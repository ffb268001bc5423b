package dev.palimpsest.api.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palimpsest.api.access.AuditTrail;
import dev.palimpsest.api.access.Principal;
import dev.palimpsest.api.access.Refused;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Bookmark;
import io.micrometer.core.instrument.MeterRegistry;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries tools out for agents, whichever way they ask: lets in who may, writes down what was
/// done, and remembers what each session wrote.
final class Calls {

    static final JsonMapper JSON =
            JsonMapper.builder()
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                    .build();

    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private static final int LONGEST_CLIENT_NAME = 100;
    private static final String NAMELESS = "agent";

    private final SpaceId usual;
    private final AuditTrail audit;
    private final MeterRegistry meters;
    private final Watermarks watermarks = new Watermarks();

    /// @param usual the space of whoever names none
    Calls(SpaceId usual, AuditTrail audit, MeterRegistry meters) {
        this.usual = usual;
        this.audit = audit;
        this.meters = meters;
    }

    /// @return what the tool tells
    /// @throws InvalidField if an argument breaks a rule
    /// @throws Refused if whoever calls may not do that
    /// @throws StoreException if the store cannot do it
    Object carryOut(Tool tool, McpSyncServerExchange exchange, Map<String, ?> arguments) {
        var session = exchange.sessionId();
        var call =
                new Tool.Call(
                        JSON.valueToTree(arguments),
                        client(exchange),
                        principal(exchange),
                        watermarks.of(session),
                        Optional.ofNullable(exchange.transportContext().get(McpDoor.SPACE))
                                .map(String::valueOf),
                        usual);
        var deed = new ToolDeed(audit, meters, tool.name(), call);
        try {
            ToolNeeds.require(tool.name(), call);
            var answer = tool.call(call);
            if (answer instanceof Tool.Wrote wrote) {
                watermarks.wrote(session, Bookmark.parse(wrote.bookmark()));
            }
            deed.done(answer);
            return answer;
        } catch (RuntimeException e) {
            deed.failed(e);
            throw e;
        }
    }

    /// What is told to an agent whose call failed so; what is a fault of ours goes into the log.
    static String told(String tool, RuntimeException failure) {
        return switch (failure) {
            case InvalidField field ->
                    field.field().isEmpty() ? field.rule() : field.field() + ": " + field.rule();
            case Refused refused -> String.valueOf(refused.getMessage());
            case StoreException.Corrupt corrupt -> {
                LOG.error("a store is corrupt: {}", corrupt.getMessage());
                LOG.debug("that was met here", corrupt);
                yield String.valueOf(corrupt.getMessage());
            }
            case StoreException known -> String.valueOf(known.getMessage());
            default -> {
                LOG.error("the tool {} failed", tool, failure);
                yield "the server failed; its log says how";
            }
        };
    }

    /// The same where the protocol has no result that tells of a failure.
    static McpError error(String tool, RuntimeException failure) {
        int code =
                switch (failure) {
                    case InvalidField _ -> ErrorCodes.INVALID_PARAMS;
                    case StoreException.NotFound _, StoreException.Forgotten _ ->
                            ErrorCodes.RESOURCE_NOT_FOUND;
                    case Refused _ -> ErrorCodes.INVALID_REQUEST;
                    default -> ErrorCodes.INTERNAL_ERROR;
                };
        return McpError.builder(code).message(told(tool, failure)).build();
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer is no JSON", e);
        }
    }

    /// Who sent the request that calls a tool, not who began the session.
    private static Principal principal(McpSyncServerExchange exchange) {
        if (exchange.transportContext().get(McpDoor.PRINCIPAL) instanceof Principal principal) {
            return principal;
        }
        throw new IllegalStateException("nobody looked who calls");
    }

    /// What the agent calls itself, which is the source of what it says.
    private static String client(McpSyncServerExchange exchange) {
        return Optional.ofNullable(exchange.getClientInfo())
                .map(info -> info.name())
                .map(name -> name.replaceAll("\\p{Cntrl}", " ").strip())
                .filter(name -> !name.isEmpty())
                .map(Calls::cut)
                .orElse(NAMELESS);
    }

    private static String cut(String name) {
        if (name.length() <= LONGEST_CLIENT_NAME) {
            return name;
        }
        boolean within = Character.isHighSurrogate(name.charAt(LONGEST_CLIENT_NAME - 1));
        return name.substring(0, within ? LONGEST_CLIENT_NAME - 1 : LONGEST_CLIENT_NAME);
    }
}
