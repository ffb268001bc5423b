package dev.palimpsest.api.mcp;

import dev.palimpsest.api.access.AuditTrail;
import dev.palimpsest.api.access.AuditTrail.Deed;
import dev.palimpsest.api.access.Need;
import dev.palimpsest.api.access.Refused;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.StoreException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A call of a tool as the audit log has it, with the status that a route would have answered. It
/// is written down once.
final class ToolDeed {

    private static final String METHOD = "MCP";

    private final AuditTrail audit;
    private final MeterRegistry meters;
    private final long begun = System.nanoTime();
    private final String tool;
    private final Tool.Call call;
    private boolean written;

    ToolDeed(AuditTrail audit, MeterRegistry meters, String tool, Tool.Call call) {
        this.audit = audit;
        this.meters = meters;
        this.tool = tool;
        this.call = call;
    }

    void done(Object answer) {
        record(200, answer instanceof Tool.Wrote wrote ? wrote.items() : 1);
    }

    void failed(Exception why) {
        record(status(why), 0);
    }

    private void record(int status, int items) {
        if (!written) {
            written = true;
            Timer.builder("palimpsest.mcp.calls")
                    .description("Calls of tools by agents")
                    .tag("tool", tool)
                    .tag("status", Integer.toString(status))
                    .register(meters)
                    .record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
            var need = ToolNeeds.of(tool);
            audit.record(
                    Optional.of(call.principal()),
                    need,
                    new Deed(METHOD, tool, space(need), status, items));
        }
    }

    private Optional<SpaceId> space(Need need) {
        try {
            return need instanceof Need.InSpace ? Optional.of(call.space()) : Optional.empty();
        } catch (InvalidField e) {
            return Optional.empty();
        }
    }

    private static int status(Exception why) {
        return switch (why) {
            case Refused _ -> 403;
            case InvalidField _ -> 422;
            case StoreException.NotFound _ -> 404;
            case StoreException.Conflict _ -> 409;
            case StoreException.Forgotten _ -> 410;
            case StoreException.Overloaded _ -> 429;
            case StoreException.Unavailable _, StoreException.TooSlow _ -> 503;
            default -> 500;
        };
    }
}
