package dev.palimpsest.api.mcp;

import dev.palimpsest.api.wire.SpaceBody;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.model.Scope;
import dev.palimpsest.port.Ledger;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists the spaces that may be read.
final class SpacesTool implements Tool {

    private static final int PAGE = 100;
    private static final String AFTER = "after";

    private final Ledger ledger;

    SpacesTool(Ledger ledger) {
        this.ledger = ledger;
    }

    /// @param more hand it in as `after` to see the next ones; absent if these are all
    record Listed(List<SpaceBody> spaces, @Nullable String more) {}

    @Override
    public String name() {
        return "spaces";
    }

    @Override
    public Listed call(Call call) {
        var after = call.arguments(AFTER).optional(AFTER, Shapes.TEXT).orElse("");
        var rest =
                ledger.spaces().stream()
                        .filter(space -> call.principal().may(Scope.READ, space.id()))
                        .map(SpaceBody::of)
                        .filter(space -> space.id().compareTo(after) > 0)
                        .sorted(Comparator.comparing(SpaceBody::id))
                        .limit(PAGE + 1L)
                        .toList();
        return rest.size() <= PAGE
                ? new Listed(rest, null)
                : new Listed(rest.subList(0, PAGE), rest.get(PAGE - 1).id());
    }
}
