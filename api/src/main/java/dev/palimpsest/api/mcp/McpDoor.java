package dev.palimpsest.api.mcp;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.palimpsest.api.access.AuditTrail;
import dev.palimpsest.ingest.job.Imports;
import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.ItemParser;
import dev.palimpsest.ingest.source.TimeOrderedIds;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.question.ContextMaker;
import dev.palimpsest.question.Reader;
import io.micrometer.core.instrument.MeterRegistry;
import io.modelcontextprotocol.common.McpTransportContext;
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
import java.util.function.Function;
import java.util.function.Predicate;

/// Serves the tools to agents, over the streamable HTTP of the Model Context Protocol.
public final class McpDoor implements AutoCloseable {

    /// Where the tools of this house are served.
    public static final String PATH = "/mcp";

    /// The attribute of a request that says which [Principal] sent it.
    public static final String PRINCIPAL = "palimpsest.principal";

    /// The query parameter of the address that names the space, where no argument of a call does.
    public static final String SPACE = Tool.SPACE;

    private static final int LARGEST_MESSAGE = 4 * 1024 * 1024;

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

    private final Profile profile;
    private final HttpServletStreamableServerTransportProvider transport;
    private final McpSyncServer server;
    private final Calls calls;

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
    /// @param views what of the store has an address
    /// @param evidence the tool that finds what prompts hand over; empty if there are no prompts
    public record Profile(
            String path,
            String instructions,
            SpaceId usual,
            List<Tool> tools,
            List<View> views,
            Optional<Tool> evidence) {
        public Profile {
            tools = List.copyOf(tools);
            views = List.copyOf(views);
        }
    }

    /// Opens the door; [#servlet] is to be mounted at the path of the profile.
    public McpDoor(Profile profile, AuditTrail audit, MeterRegistry meters) {
        this.profile = profile;
        this.calls = new Calls(profile.usual(), audit, meters);
        this.transport =
                HttpServletStreamableServerTransportProvider.builder()
                        .jsonMapper(new PlainErrors(ExactJson.mapper()))
                        .mcpEndpoint(profile.path())
                        .contextExtractor(McpDoor::context)
                        .maxRequestSize(LARGEST_MESSAGE)
                        .build();
        this.server =
                McpServer.sync(transport)
                        .serverInfo("palimpsest", version())
                        .instructions(profile.instructions().strip())
                        .capabilities(capabilities(profile))
                        .immediateExecution(true)
                        .validateToolInputs(false) // the tools do, and say it with an example
                        .jsonSchemaValidator(
                                (_, content) -> ValidationResponse.asValid(String.valueOf(content)))
                        .tools(profile.tools().stream().map(this::specification).toList())
                        .resources(views(view -> !view.isTemplate(), view -> view.resource(calls)))
                        .resourceTemplates(views(View::isTemplate, view -> view.template(calls)))
                        .prompts(
                                profile.evidence()
                                        .map(tool -> new Prompts(tool, calls).all())
                                        .orElse(List.of()))
                        .build();
    }

    private static ServerCapabilities capabilities(Profile profile) {
        var capabilities = ServerCapabilities.builder().tools(false);
        if (!profile.views().isEmpty()) {
            capabilities.resources(false, false);
        }
        if (profile.evidence().isPresent()) {
            capabilities.prompts(false);
        }
        return capabilities.build();
    }

    private <T> List<T> views(Predicate<View> which, Function<View, T> made) {
        return profile.views().stream().filter(which).map(made).toList();
    }

    private static McpTransportContext context(HttpServletRequest request) {
        var told = new HashMap<String, Object>();
        told.put(PRINCIPAL, request.getAttribute(PRINCIPAL));
        Optional.ofNullable(request.getParameter(SPACE)).ifPresent(space -> told.put(SPACE, space));
        return McpTransportContext.create(told);
    }

    /// Everything this house can do, at [#PATH].
    public static Profile everything(Stores stores) {
        var ids = new TimeOrderedIds(stores.clock, new SecureRandom());
        var ledger = stores.ledger;
        var writes = stores.writes;
        var context = new ContextTool(stores.contexts);
        var entity = new EntityTool(ledger);
        var history = new HistoryTool(ledger);
        var spaces = new SpacesTool(ledger);
        return new Profile(
                PATH,
                INSTRUCTIONS,
                Tool.USUAL_SPACE,
                List.of(
                        new RememberTool(ledger, writes, ItemParser.forWrites(ids), ids),
                        new AskTool(stores.reader),
                        context,
                        entity,
                        history,
                        new CausesTool(stores.reader),
                        new CorrectTool(ledger, writes),
                        new RetractTool(ledger, writes),
                        new ForgetTool(ledger, writes, stores.imports),
                        spaces),
                View.all(spaces, entity, history, new MemoryTool(ledger)),
                Optional.of(context));
    }

    private static String version() {
        return Optional.ofNullable(McpDoor.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }

    public String path() {
        return profile.path();
    }

    public HttpServlet servlet() {
        return new CheckedMessages(transport, LARGEST_MESSAGE);
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
        try {
            var arguments = Optional.ofNullable(request.arguments()).orElse(Map.of());
            var answer = calls.carryOut(tool, exchange, arguments);
            return answer instanceof Tool.Answer(var structured, var text)
                    ? told(structured, text)
                    : told(
                            Calls.JSON.convertValue(
                                    answer, new TypeReference<Map<String, Object>>() {}),
                            Calls.json(answer));
        } catch (InvalidField e) {
            return failed(
                    Calls.told(tool.name(), e)
                            + "\nA right call: "
                            + Calls.json(definition.example()));
        } catch (RuntimeException e) {
            return failed(Calls.told(tool.name(), e));
        }
    }

    private static CallToolResult told(Object structured, String text) {
        return CallToolResult.builder().structuredContent(structured).addTextContent(text).build();
    }

    private static CallToolResult failed(String why) {
        return CallToolResult.builder().isError(true).addTextContent(why).build();
    }

    /// Ends all sessions.
    @Override
    public void close() {
        server.closeGracefully();
    }
}
