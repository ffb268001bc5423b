package dev.palimpsest.api.wire;

import dev.palimpsest.question.Counted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many there were, in groups.
public record CountedBody(
        List<GroupBody> groups,
        long total,
        long ungrouped,
        String bookmark,
        double tookMs,
        @Nullable String note,
        boolean truncated) {

    /// How many have a key.
    public record GroupBody(String key, long count) {}

    public static CountedBody of(Counted counted) {
        return new CountedBody(
                counted.groups().stream()
                        .map(group -> new GroupBody(group.key(), group.count()))
                        .toList(),
                counted.total(),
                counted.ungrouped(),
                counted.bookmark().toString(),
                Math.round(counted.took().toNanos() / 1e3) / 1e3,
                counted.note().orElse(null),
                counted.truncated());
    }
}
