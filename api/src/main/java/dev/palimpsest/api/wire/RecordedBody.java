package dev.palimpsest.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.palimpsest.time.Recorded;
import org.jspecify.annotations.Nullable;

/// The stretch during which the store held something to be so.
///
/// @param until null while it still does
public record RecordedBody(
        String from,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String until,
        long fromPosition,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long untilPosition) {

    public static RecordedBody of(Recorded recorded) {
        var until = recorded.until();
        return new RecordedBody(
                recorded.from().at().toString(),
                until.map(stamp -> stamp.at().toString()).orElse(null),
                recorded.fromPosition(),
                until.map(stamp -> stamp.position().number()).orElse(null));
    }
}
