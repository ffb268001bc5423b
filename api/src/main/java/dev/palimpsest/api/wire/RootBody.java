package dev.palimpsest.api.wire;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What this server is, and where to go on.
///
/// @param links paths by what is there
public record RootBody(String name, String version, Map<String, String> links) {

    private static final Map<String, String> LINKS =
            Map.of(
                    "docs", "/docs",
                    "openapi", "/openapi.json",
                    "ready", "/health/ready",
                    "metrics", "/metrics",
                    "spaces", "/v1/spaces",
                    "projections", "/v1/projections");

    public RootBody {
        links = Collections.unmodifiableMap(new TreeMap<>(links));
    }

    public static RootBody of(String version) {
        return new RootBody("Palimpsest", version, LINKS);
    }
}
