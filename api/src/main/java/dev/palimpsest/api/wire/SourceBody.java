package dev.palimpsest.api.wire;

import dev.palimpsest.model.Source;
import org.jspecify.annotations.Nullable;

/// Who says so.
public record SourceBody(String id, @Nullable String kind, @Nullable String description) {

    public static SourceBody of(Source source) {
        return new SourceBody(
                source.id().value(), source.kind().orElse(null), source.description().orElse(null));
    }
}
