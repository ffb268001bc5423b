package dev.palimpsest.api.route;

import dev.palimpsest.api.mcp.memory.MemoryServer;
import dev.palimpsest.ingest.source.Format;
import dev.palimpsest.port.StoreException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/// Gives out the whole ledger as a file, or one space: `GET /v1/backup`, `GET
/// /v1/spaces/{space}/export`.
final class BackupRoutes {

    private static final String ZIP = "application/zip";
    private static final String LINES = "application/x-ndjson";

    /// The format that has everything.
    private static final String WHOLE = "zip";

    private static final Duration RETRY = Duration.ofSeconds(10);

    private static final String FORMAT = "format";

    private final BackupDoor backup;
    private final MemoryServer memoryServer;
    private final Semaphore places = new Semaphore(Limits.MOST_BACKUPS);

    BackupRoutes(BackupDoor backup, MemoryServer memoryServer) {
        this.backup = backup;
        this.memoryServer = memoryServer;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/v1/backup", this::write);
        routes.get("/v1/spaces/{space}/export", this::export);
    }

    private void export(Context ctx) throws IOException {
        var parameters = Parameters.of(ctx, FORMAT);
        var space = parameters.space();
        if (parameters.query(FORMAT, BackupRoutes::isMemoryServer).orElse(false)) {
            ctx.contentType(LINES)
                    .header("Content-Disposition", "attachment; filename=memory.jsonl")
                    .result(memoryServer.lines(space));
        } else {
            give(ctx, "space.zip", out -> backup.writeTo(out, space));
        }
    }

    private static boolean isMemoryServer(String format) {
        boolean named = format.equals(Format.MEMORY_SERVER.word());
        if (!named && !format.equals(WHOLE)) {
            throw new IllegalArgumentException(
                    "must be " + WHOLE + " or " + Format.MEMORY_SERVER.word() + ": " + format);
        }
        return named;
    }

    private void write(Context ctx) throws IOException {
        Parameters.of(ctx);
        give(ctx, "palimpsest.zip", backup::writeTo);
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /// Each holds a connection to the ledger for as long as its reader takes.
    private void give(Context ctx, String name, Content content) throws IOException {
        if (!places.tryAcquire()) {
            throw new StoreException.Overloaded(
                    Limits.MOST_BACKUPS + " backups or exports are under way; try again later",
                    RETRY);
        }
        try {
            ctx.contentType(ZIP).header("Content-Disposition", "attachment; filename=" + name);
            content.writeTo(ctx.outputStream());
        } finally {
            places.release();
        }
    }
}
