package dev.palimpsest.api.wire;

import java.util.List;

/// Whether a server can answer, part by part.
public record ReadinessBody(boolean ready, List<PartBody> parts) {

    public ReadinessBody {
        parts = List.copyOf(parts);
    }

    /// @param state in words a person understands, such as `covers position 2160`
    public record PartBody(String name, boolean ready, String state) {}
}
