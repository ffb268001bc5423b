package dev.palimpsest.api.wire;

import dev.palimpsest.ingest.record.WriteDoor.Forgot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a forgetting came to, or would.
///
/// @param forgotten whether it was forgotten now
/// @param touched how many rows of what were deleted or changed, or would be
/// @param left what is not, and what to do about that
/// @param dropped whether no index that was to be waited for holds it any more
public record ForgetReportBody(
        boolean forgotten,
        Map<String, Long> touched,
        List<String> left,
        String bookmark,
        boolean dropped) {

    public static ForgetReportBody of(Forgot forgot) {
        var report = forgot.report();
        return new ForgetReportBody(
                report.changed(),
                new TreeMap<>(report.touched()),
                report.left(),
                report.at().toString(),
                forgot.dropped());
    }
}
