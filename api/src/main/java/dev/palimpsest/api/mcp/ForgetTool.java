package dev.palimpsest.api.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.ingest.job.Imports;
import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.ingest.record.WriteDoor.Forgot;
import dev.palimpsest.ingest.source.ForgettingParser;
import dev.palimpsest.port.Forgetting.Target;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Visibility.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Deletes something for good, from the past as well.
final class ForgetTool implements Tool {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Ledger ledger;
    private final WriteDoor door;
    private final Imports imports;

    ForgetTool(Ledger ledger, WriteDoor door, Imports imports) {
        this.ledger = ledger;
        this.door = door;
        this.imports = imports;
    }

    /// @param forgotten whether it was forgotten now; false for `dryRun`, and if it was before
    /// @param touched how many rows of what were, or would be, deleted or changed
    /// @param left what is not, and what to do about that
    record Report(boolean forgotten, Map<String, Long> touched, List<String> left, String bookmark)
            implements Wrote {

        static Report of(Forgot forgot) {
            var report = forgot.report();
            return new Report(
                    report.changed(),
                    new TreeMap<>(report.touched()),
                    report.left(),
                    report.at().toString());
        }
    }

    @Override
    public String name() {
        return "forget";
    }

    @Override
    public Report call(Call call) {
        call.arguments("entity", "memory", "source", "everything", "reason", "dryRun");
        Snapshot.requireSpace(ledger, call.space());
        ObjectNode body = call.arguments().deepCopy();
        body.remove(SPACE);
        var asked = ForgettingParser.forgetting(call.space(), body);
        if (asked.dryRun()) {
            return Report.of(door.wouldForget(asked.forgetting()));
        }
        var forgot = door.forget(asked.forgetting(), Level.SEARCHABLE, LONGEST_WAIT);
        imports.forget(call.space(), asked.forgetting().target() instanceof Target.Everything);
        return Report.of(forgot);
    }
}
