package dev.palimpsest.api;

import dev.palimpsest.port.ChangeFeed;
import dev.palimpsest.port.Visibility.Level;
import dev.palimpsest.query.index.Followers;
import dev.palimpsest.relational.commit.PgRecorder;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.File;
import java.nio.file.Path;
import java.util.Locale;

/// What `/metrics` tells of the store beside the requests.
final class Meters {

    private Meters() {}

    /// @param folder where the data lies
    static PrometheusMeterRegistry of(
            Path folder, ChangeFeed feed, Followers followers, PgRecorder recorder) {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Gauge.builder("palimpsest.ledger.position", feed, one -> one.head().number())
                .description("The last durable position")
                .register(meters);
        Gauge.builder("palimpsest.ledger.waiting", recorder, PgRecorder::waitingItems)
                .description("Items that wait to be written")
                .register(meters);
        for (var level : new Level[] {Level.SEARCHABLE, Level.EMBEDDED}) {
            Gauge.builder("palimpsest.lag", followers, all -> all.lag(level))
                    .description("Positions by which the slowest projection of a level lies behind")
                    .tag("level", level.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
        Gauge.builder("palimpsest.disk.free", folder.toFile(), File::getUsableSpace)
                .description("What is free where the data lies")
                .baseUnit("bytes")
                .register(meters);
        addJvm(meters);
        return meters;
    }

    private static void addJvm(MeterRegistry meters) {
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        new FileDescriptorMetrics().bindTo(meters);
        new UptimeMetrics().bindTo(meters);
    }
}
