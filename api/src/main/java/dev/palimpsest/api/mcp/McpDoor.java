package dev.palimpsest.api.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palimpsest.api.access.AuditTrail;
import dev.palimpsest.api.access.Principal;
import dev.palimpsest.api.access.Refused;
import dev.palimpsest.ingest.job.Imports;
import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.ItemParser;
import dev.palimpsest.ingest.source.TimeOrderedIds;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.question.ContextMaker;
import dev.palimpsest.question.Reader;
import dev.palimpsest.time.Bookmark;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the tools to agents, over the streamable HTTP of the Model Context Protocol.
public final class McpDoor implements AutoCloseable {

    /// Where the tools of this house are served.
    public static final String PATH = "/mcp";

    /// The attribute of a request that says which [Principal] sent it.
    public static final String PRINCIPAL = "palimpsest.principal";

    /// The query parameter of the address that names the space, where no argument of a call does.
    public static final String SPACE = Tool.SPACE;

    private static final Logger LOG = LoggerFactory.getLogger(McpDoor.class);

    private static final int LARGEST_MESSAGE = 4 * 1024 * 1024;
    private static final int LONGEST_CLIENT_NAME = 100;
    private static final String NAMELESS = "agent";

    private static final String INSTRUCTIONS =
            """
            A memory that keeps who said what, when it was true and when that became known. Before you
            answer from memory, ask it: `context` gives evidence for a question as text, `ask` finds
            entities, facts and memories by words, place, time, cause and source. When you learn
            something worth keeping, `remember` it: the text as it was said, and what you understood
            of it as entities and facts with their times. Ids in results go on to `entity`,
            `history`, `causes`, `correct` and `retract`. Nothing is overwritten: what was believed
            before stays readable with `knownAt`.
            """;

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                    .build();

    private final Profile profile;
    private final HttpServletStreamableServerTransportProvider transport;
    private final McpSyncServer server;
    private final AuditTrail audit;
    private final Watermarks watermarks = new Watermarks();

    /// What the tools work on.
    public record Stores(
            Ledger ledger,
            WriteDoor writes,
            Imports imports,
            Reader reader,
            ContextMaker contexts,
            InstantSource clock) {}

    /// What agents find behind a door.
    ///
    /// @param path where it is served
    /// @param usual the space of whoever names none
    public record Profile(String path, String instructions, SpaceId usual, List<Tool> tools) {
        public Profile {
            tools = List.copyOf(tools);
        }
    }

    /// Opens the door; [#servlet] is to be mounted at the path of the profile.
    public McpDoor(Profile profile, AuditTrail audit) {
        this.audit = audit;
        this.profile = profile;
        this.transport =
                HttpServletStreamableServerTransportProvider.builder()
                        .jsonMapper(McpJsonDefaults.getMapper())
                        .mcpEndpoint(profile.path())
                        .contextExtractor(McpDoor::context)
                        .maxRequestSize(LARGEST_MESSAGE)
                        .build();
        this.server =
                McpServer.sync(transport)
                        .serverInfo("palimpsest", version())
                        .instructions(profile.instructions().strip())
                        .capabilities(ServerCapabilities.builder().tools(false).build())
                        .immediateExecution(true)
                        .validateToolInputs(false) // the tools do, and say it with an example
                        .jsonSchemaValidator(
                                (_, content) -> ValidationResponse.asValid(String.valueOf(content)))
                        .tools(profile.tools().stream().map(this::specification).toList())
                        .build();
    }

    /// Everything this house can do, at [#PATH].
    public static Profile everything(Stores stores) {
        return new Profile(PATH, INSTRUCTIONS, Tool.USUAL_SPACE, tools(stores));
    }

    private static McpTransportContext context(HttpServletRequest request) {
        var told = new HashMap<String, Object>();
        told.put(PRINCIPAL, request.getAttribute(PRINCIPAL));
        Optional.ofNullable(request.getParameter(SPACE)).ifPresent(space -> told.put(SPACE, space));
        return McpTransportContext.create(told);
    }

    /// Who sent the request that calls a tool, not who began the session.
    private static Principal principal(McpSyncServerExchange exchange) {
        if (exchange.transportContext().get(PRINCIPAL) instanceof Principal principal) {
            return principal;
        }
        throw new IllegalStateException("nobody looked who calls");
    }

    private static List<Tool> tools(Stores stores) {
        var ids = new TimeOrderedIds(stores.clock, new SecureRandom());
        var ledger = stores.ledger;
        var writes = stores.writes;
        return List.of(
                new RememberTool(ledger, writes, ItemParser.forWrites(ids), ids),
                new AskTool(stores.reader),
                new ContextTool(stores.contexts),
                new EntityTool(ledger),
                new HistoryTool(ledger),
                new CausesTool(stores.reader),
                new CorrectTool(ledger, writes),
                new RetractTool(ledger, writes),
                new ForgetTool(ledger, writes, stores.imports),
                new SpacesTool(ledger));
    }

    private static String version() {
        return Optional.ofNullable(McpDoor.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }

    public String path() {
        return profile.path();
    }

    public HttpServlet servlet() {
        return transport;
    }

    private SyncToolSpecification specification(Tool tool) {
        var definition = Definition.of(tool);
        ToolNeeds.of(tool.name());
        return SyncToolSpecification.builder()
                .tool(definition.tool(tool.name()))
                .callHandler((exchange, request) -> call(tool, definition, exchange, request))
                .build();
    }

    private CallToolResult call(
            Tool tool,
            Definition definition,
            McpSyncServerExchange exchange,
            CallToolRequest request) {
        var session = exchange.sessionId();
        var arguments = Optional.ofNullable(request.arguments()).orElse(Map.of());
        var call =
                new Tool.Call(
                        MAPPER.valueToTree(arguments),
                        client(exchange),
                        principal(exchange),
                        watermarks.of(session),
                        Optional.ofNullable(exchange.transportContext().get(SPACE))
                                .map(String::valueOf),
                        profile.usual());
        var deed = new ToolDeed(audit, tool.name(), call);
        try {
            ToolNeeds.require(tool.name(), call);
            var answer = tool.call(call);
            deed.done(answer);
            if (answer instanceof Tool.Answer(var structured, var text)) {
                return CallToolResult.builder()
                        .structuredContent(structured)
                        .addTextContent(text)
                        .build();
            }
            if (answer instanceof Tool.Wrote wrote) {
                watermarks.wrote(session, Bookmark.parse(wrote.bookmark()));
            }
            return CallToolResult.builder()
                    .structuredContent(MAPPER.convertValue(answer, new TypeReference<>() {}))
                    .addTextContent(MAPPER.writeValueAsString(answer))
                    .build();
        } catch (InvalidField e) {
            deed.failed(e);
            var said = e.field().isEmpty() ? e.rule() : e.field() + ": " + e.rule();
            return failed(said + "\nA right call: " + json(definition.example()));
        } catch (Refused e) {
            deed.failed(e);
            return failed(String.valueOf(e.getMessage()));
        } catch (StoreException.Corrupt e) {
            deed.failed(e);
            LOG.error("a store is corrupt", e);
            return failed(String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            deed.failed(e);
            return failed(String.valueOf(e.getMessage()));
        } catch (JsonProcessingException | RuntimeException e) {
            deed.failed(e);
            LOG.error("the tool {} failed", tool.name(), e);
            return failed("the server failed; its log says how");
        }
    }

    private static CallToolResult failed(String why) {
        return CallToolResult.builder().isError(true).addTextContent(why).build();
    }

    private static String json(Object example) {
        try {
            return MAPPER.writeValueAsString(example);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an example is no JSON", e);
        }
    }

    /// What the agent calls itself, which is the source of what it says.
    private static String client(McpSyncServerExchange exchange) {
        return Optional.ofNullable(exchange.getClientInfo())
                .map(info -> info.name())
                .map(name -> name.replaceAll("\\p{Cntrl}", " ").strip())
                .filter(name -> !name.isEmpty())
                .map(name -> name.substring(0, Math.min(name.length(), LONGEST_CLIENT_NAME)))
                .orElse(NAMELESS);
    }

    /// Ends all sessions.
    @Override
    public void close() {
        server.closeGracefully();
    }
}
