package dev.palimpsest.api.mcp.memory;

import dev.palimpsest.api.mcp.McpDoor;
import dev.palimpsest.api.mcp.Tool;
import dev.palimpsest.api.mcp.memory.GraphJson.EntityBody;
import dev.palimpsest.api.mcp.memory.GraphJson.RelationBody;
import dev.palimpsest.api.mcp.memory.HeldSpace.Plan;
import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.ingest.source.Shape;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.ChangeFeed;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.StoreException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The MCP memory server: entities, observations and relations of a space, by the nine tools.
/// Nothing is deleted that cannot be asked for: what the tools take back is readable with the other
/// tools, and with `knownAt`.
public final class MemoryServer {

    /// Where it is served; `?space=NAME` names another space than `memory`.
    public static final String PATH = McpDoor.PATH + "/memory";

    /// The query parameter that names the space.
    public static final String SPACE = McpDoor.SPACE;

    private static final SpaceId USUAL_SPACE = new SpaceId("memory");

    /// The graphs that are held; of more spaces, those used last.
    private static final int MOST_SPACES = 8;

    private static final String INSTRUCTIONS =
            """
            A memory of entities, what was observed of them, and how they relate. Look with
            `search_nodes` before you answer from memory, and keep what you learn. What you delete is
            no longer told here, but stays in the history of the store.
            """;

    private final Ledger ledger;
    private final ChangeFeed feed;
    private final WriteDoor door;

    private final Map<SpaceId, HeldSpace> spaces =
            new LinkedHashMap<>(16, .75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<SpaceId, HeldSpace> eldest) {
                    return size() > MOST_SPACES;
                }
            };

    /// @param feed says cheaply whether anything was written
    public MemoryServer(Ledger ledger, ChangeFeed feed, WriteDoor door) {
        this.ledger = ledger;
        this.feed = feed;
        this.door = door;
    }

    private record Entities(List<EntityBody> entities) {}

    private record Relations(List<RelationBody> relations) {}

    private record Results(List<Planning.Added> results) {}

    private record Done(boolean success, String message) {}

    /// One of the nine.
    private record OneTool(String name, Function<Call, Answer> calling) implements Tool {
        @Override
        public Answer call(Call call) {
            return calling.apply(call);
        }
    }

    /// What is served at [#PATH].
    public McpDoor.Profile profile() {
        List<Tool> tools =
                List.of(
                        new OneTool("create_entities", this::createEntities),
                        new OneTool("create_relations", this::createRelations),
                        new OneTool("add_observations", this::addObservations),
                        new OneTool("delete_entities", this::deleteEntities),
                        new OneTool("delete_observations", this::deleteObservations),
                        new OneTool("delete_relations", this::deleteRelations),
                        new OneTool("read_graph", call -> read(call, HeldGraph::all)),
                        new OneTool("search_nodes", this::searchNodes),
                        new OneTool("open_nodes", this::openNodes));
        return new McpDoor.Profile(
                PATH, INSTRUCTIONS, USUAL_SPACE, tools, List.of(), Optional.empty());
    }

    /// The graph of a space as the file of the memory server.
    ///
    /// @throws StoreException.NotFound if there is no such space
    public String lines(SpaceId space) {
        if (ledger.space(space).isEmpty()) {
            throw StoreException.NotFound.space(space);
        }
        return GraphJson.lines(held(space).read(graph -> GraphJson.body(graph.all())));
    }

    private Tool.Answer createEntities(Tool.Call call) {
        var given = argument(call, "entities", Given.ENTITIES);
        var made = write(call, planning -> planning.createEntities(given));
        return new Tool.Answer(new Entities(made), GraphJson.indented(made));
    }

    private Tool.Answer createRelations(Tool.Call call) {
        var given = argument(call, "relations", Given.RELATIONS);
        var made = write(call, planning -> planning.createRelations(given));
        return new Tool.Answer(new Relations(made), GraphJson.indented(made));
    }

    private Tool.Answer addObservations(Tool.Call call) {
        var given = argument(call, "observations", Given.OBSERVATIONS);
        var added = write(call, planning -> planning.addObservations(given));
        return new Tool.Answer(new Results(added), GraphJson.indented(added));
    }

    private Tool.Answer deleteEntities(Tool.Call call) {
        var given = argument(call, "entityNames", Given.ALL_SOUGHT);
        write(call, planning -> planning.deleteEntities(given));
        return done("Entities deleted successfully");
    }

    private Tool.Answer deleteObservations(Tool.Call call) {
        var given = argument(call, "deletions", Given.DELETIONS);
        write(call, planning -> planning.deleteObservations(given));
        return done("Observations deleted successfully");
    }

    private Tool.Answer deleteRelations(Tool.Call call) {
        var given = argument(call, "relations", Given.SOUGHT_RELATIONS);
        write(call, planning -> planning.deleteRelations(given));
        return done("Relations deleted successfully");
    }

    private Tool.Answer searchNodes(Tool.Call call) {
        var query = argument(call, "query", Given.SOUGHT);
        return read(call, graph -> graph.search(query));
    }

    private Tool.Answer openNodes(Tool.Call call) {
        var names = argument(call, "names", Given.ALL_SOUGHT);
        return read(call, graph -> graph.open(names));
    }

    private static Tool.Answer done(String message) {
        return new Tool.Answer(new Done(true, message), message);
    }

    private Tool.Answer read(Tool.Call call, Function<HeldGraph, HeldGraph.Part> reading) {
        var part = held(call.space()).read(reading);
        var body = GraphJson.body(part);
        return new Tool.Answer(body, GraphJson.indented(body));
    }

    private <T> T write(Tool.Call call, Function<Planning, Plan<T>> planning) {
        return held(call.space())
                .write(graph -> planning.apply(new Planning(graph, call.client())));
    }

    private static <T> T argument(Tool.Call call, String name, Shape<T> shape) {
        return Given.field(call.arguments(), "", name, shape);
    }

    private synchronized HeldSpace held(SpaceId space) {
        return spaces.computeIfAbsent(space, _ -> new HeldSpace(space, ledger, feed, door));
    }
}
