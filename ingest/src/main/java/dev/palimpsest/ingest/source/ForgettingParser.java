package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Forgetting;
import dev.palimpsest.port.Forgetting.Target;
import java.util.ArrayList;
import java.util.List;

/// Reads what is to be forgotten, and what may be taken in again.
public final class ForgettingParser {

    private static final String DRY_RUN = "dryRun";

    private ForgettingParser() {}

    /// A forgetting, or only the question what it would touch.
    public record Asked(Forgetting forgetting, boolean dryRun) {}

    /// `{"entity": "ann", "reason": "..."}`, or `memory`, `source`, or `"everything": true` in the
    /// place of `entity`; with `"dryRun": true` nothing is forgotten.
    ///
    /// @throws InvalidField if it is none
    public static Asked forgetting(SpaceId space, JsonNode node) {
        var body =
                StrictObject.of(
                        node,
                        "",
                        List.of("entity", "memory", "source", "everything", "reason", DRY_RUN));
        return new Asked(read(space, body), body.optional(DRY_RUN, Shapes.FLAG).orElse(false));
    }

    /// The same, but for `dryRun`.
    ///
    /// @throws InvalidField if it is none
    public static Forgetting lifting(SpaceId space, JsonNode node) {
        return read(
                space,
                StrictObject.of(
                        node, "", List.of("entity", "memory", "source", "everything", "reason")));
    }

    private static Forgetting read(SpaceId space, StrictObject body) {
        List<Target> targets = new ArrayList<>();
        body.optional("entity", DomainShapes.ENTITY)
                .ifPresent(id -> targets.add(new Target.OfEntity(id)));
        body.optional("memory", DomainShapes.MEMORY)
                .ifPresent(id -> targets.add(new Target.OfMemory(id)));
        body.optional("source", DomainShapes.SOURCE)
                .ifPresent(id -> targets.add(new Target.OfSource(id)));
        if (body.optional("everything", Shapes.FLAG).orElse(false)) {
            targets.add(new Target.Everything());
        }
        if (targets.size() != 1) {
            throw new InvalidField(
                    "", "says what is meant by one of entity, memory, source, everything");
        }
        var reason = body.required("reason", Shapes.WORDS);
        return Shapes.made("reason", () -> new Forgetting(space, targets.getFirst(), reason));
    }
}
