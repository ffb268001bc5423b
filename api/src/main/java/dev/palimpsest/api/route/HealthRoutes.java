package dev.palimpsest.api.route;

import dev.palimpsest.api.wire.ReadinessBody;
import dev.palimpsest.api.wire.ReadinessBody.PartBody;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Tells how the server is: `/health/live`, `/health/ready`, `/metrics`.
final class HealthRoutes {

    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /// Upper bounds of the counts of requests by duration.
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final Supplier<Readiness> readiness;
    private final PrometheusMeterRegistry meters;

    HealthRoutes(Supplier<Readiness> readiness, PrometheusMeterRegistry meters) {
        this.readiness = readiness;
        this.meters = meters;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/health/live", ctx -> Reads.answer(ctx, Map.of("live", true)));
        routes.get("/health/ready", this::ready);
        routes.get("/metrics", ctx -> ctx.contentType(METRICS_TYPE).result(meters.scrape()));
    }

    /// Counts a request that was answered, by its route and not by its path.
    void count(Context ctx, float milliseconds) {
        var route = ctx.endpoints().matchedHttpEndpoint();
        Timer.builder("palimpsest.http.requests")
                .description("Requests answered by the HTTP door")
                .tag("method", route == null ? "none" : route.method.name())
                .tag("route", route == null ? "none" : route.path)
                .tag("status", Integer.toString(ctx.statusCode()))
                .serviceLevelObjectives(BUCKETS)
                .register(meters)
                .record((long) (milliseconds * 1_000), TimeUnit.MICROSECONDS);
    }

    private void ready(Context ctx) {
        var now = readiness.get();
        ctx.status(now.isReady() ? 200 : 503);
        var parts =
                now.parts().stream()
                        .map(part -> new PartBody(part.name(), part.ready(), part.state()))
                        .toList();
        Reads.answer(ctx, new ReadinessBody(now.isReady(), parts));
    }
}
