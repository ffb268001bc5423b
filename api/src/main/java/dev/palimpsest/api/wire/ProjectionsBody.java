package dev.palimpsest.api.wire;

import java.util.List;

/// How all projections are.
public record ProjectionsBody(List<ProjectionBody> items) {

    public ProjectionsBody {
        items = List.copyOf(items);
    }
}
