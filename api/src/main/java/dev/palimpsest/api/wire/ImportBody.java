package dev.palimpsest.api.wire;

import dev.palimpsest.ingest.job.Progress;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An import and how it comes along.
///
/// @param source who says so, of formats that do not say it themselves; the name if absent
/// @param pieces what is counted: `line`, `row`, `feature` or `message`
/// @param bytes of the data as they were sent
/// @param accepted written and unchanged ones together
/// @param rate how many are read in a second
/// @param waiting why nothing moves now, if nothing does
/// @param note why it failed
public record ImportBody(
        String id,
        String space,
        String state,
        String format,
        String name,
        @Nullable String source,
        String pieces,
        long bytes,
        long bytesRead,
        long read,
        long accepted,
        long written,
        long unchanged,
        long rejected,
        double rate,
        String created,
        @Nullable String ended,
        @Nullable String estimatedEnd,
        @Nullable String waiting,
        @Nullable String note) {

    public static ImportBody of(Progress progress) {
        var job = progress.job();
        var counts = job.counts();
        return new ImportBody(
                job.id(),
                job.space().value(),
                job.state().name().toLowerCase(Locale.ROOT),
                job.format().word(),
                job.told().name(),
                job.told().source().orElse(null),
                job.format().piece(),
                job.bytes(),
                counts.bytesRead(),
                counts.read(),
                counts.accepted(),
                counts.written(),
                counts.unchanged(),
                counts.rejected(),
                Math.round(progress.rate() * 10) / 10.0,
                job.created().toString(),
                job.ended().map(Instant::toString).orElse(null),
                progress.estimatedEnd().map(Instant::toString).orElse(null),
                progress.waiting().orElse(null),
                job.note().orElse(null));
    }
}
