package dev.palimpsest.api.mcp;

import static java.util.Map.entry;

import dev.palimpsest.api.access.Need;
import dev.palimpsest.model.Scope;
import java.util.Map;
import java.util.Optional;

/// What each tool needs of a key, as routes do that do the same. A tool that is not here cannot be
/// called.
final class ToolNeeds {

    private static final Need ANY_KEY = new Need.AnyKey();
    private static final Need READ = new Need.InSpace(Scope.READ);
    private static final Need WRITE = new Need.InSpace(Scope.WRITE);
    private static final Need ADMIN = new Need.InSpace(Scope.ADMIN);

    private static final Map<String, Need> OF =
            Map.ofEntries(
                    entry("remember", WRITE),
                    entry("ask", READ),
                    entry("context", READ),
                    entry("entity", READ),
                    entry("history", READ),
                    entry("causes", READ),
                    entry("memory", READ),
                    entry("correct", WRITE),
                    entry("retract", WRITE),
                    entry("forget", ADMIN),
                    entry("create_entities", WRITE),
                    entry("create_relations", WRITE),
                    entry("add_observations", WRITE),
                    entry("delete_entities", WRITE),
                    entry("delete_observations", WRITE),
                    entry("delete_relations", WRITE),
                    entry("read_graph", READ),
                    entry("search_nodes", READ),
                    entry("open_nodes", READ),
                    // lists those that the key may read
                    entry("spaces", ANY_KEY));

    private ToolNeeds() {}

    /// @throws IllegalStateException if it says nowhere what it needs
    static Need of(String tool) {
        var need = OF.get(tool);
        if (need == null) {
            throw new IllegalStateException("no need of a key is declared for the tool " + tool);
        }
        return need;
    }

    /// @throws dev.palimpsest.api.access.Refused if whoever calls may not do that in the space
    static void require(String tool, Tool.Call call) {
        var need = of(tool);
        call.principal()
                .require(
                        need,
                        need instanceof Need.InSpace
                                ? Optional.of(call.space())
                                : Optional.empty());
    }
}
