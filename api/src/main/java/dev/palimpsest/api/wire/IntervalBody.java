package dev.palimpsest.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Interval.End;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A stretch of valid time.
///
/// @param until a moment, null while it is open, `unknown` if it is over and nobody knows since
///   when
/// @param atLatest the latest an unknown end can be
public record IntervalBody(
        String from,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String until,
        @Nullable String atLatest) {

    /// The end of what is over, and nobody knows since when.
    public static final String UNKNOWN = "unknown";

    public static IntervalBody of(Interval interval) {
        var from = interval.from().toString();
        return switch (interval.end()) {
            case End.At(Instant moment) -> new IntervalBody(from, moment.toString(), null);
            case End.Open _ -> new IntervalBody(from, null, null);
            case End.Unknown(var latest) ->
                    new IntervalBody(from, UNKNOWN, latest.map(Instant::toString).orElse(null));
        };
    }
}
