package dev.palimpsest.api.route;

import java.util.List;

/// Whether the server can answer, part by part.
public record Readiness(List<Part> parts) {

    public Readiness {
        parts = List.copyOf(parts);
    }

    /// @param state in words a person understands, such as `covers position 2160`
    public record Part(String name, boolean ready, String state) {}

    public boolean isReady() {
        return parts.stream().allMatch(Part::ready);
    }
}
