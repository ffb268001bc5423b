package dev.palimpsest.api.route;

import dev.palimpsest.api.access.AuditTrail;
import dev.palimpsest.api.access.KeyRing;
import dev.palimpsest.api.gremlin.GremlinDoor;
import dev.palimpsest.ingest.job.Imports;
import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.port.ChangeFeed;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Tombstones;
import dev.palimpsest.question.ContextMaker;
import dev.palimpsest.question.Counter;
import dev.palimpsest.question.Reader;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.function.Supplier;

/// What the HTTP door leads to.
///
/// @param upkeep what operators ask of the projections
/// @param readiness asked anew by each `/health/ready`
/// @param meters what `/metrics` tells; the door adds its own
/// @param clock names what comes without an id
public record Doors(
        Ledger ledger,
        ChangeFeed feed,
        Tombstones tombstones,
        WriteDoor writes,
        Imports imports,
        Reader reader,
        Counter counter,
        ContextMaker contexts,
        GremlinDoor gremlin,
        Upkeep upkeep,
        BackupDoor backup,
        KeyRing keys,
        AuditTrail audit,
        Supplier<Readiness> readiness,
        PrometheusMeterRegistry meters,
        InstantSource clock) {}
