package dev.palimpsest.api.route;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;

/// Gives out the whole ledger as a file, or one space: `GET /v1/backup`, `GET
/// /v1/spaces/{space}/export`.
final class BackupRoutes {

    private static final String ZIP = "application/zip";

    private final BackupDoor backup;

    BackupRoutes(BackupDoor backup) {
        this.backup = backup;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/v1/backup", this::write);
        routes.get("/v1/spaces/{space}/export", this::export);
    }

    private void export(Context ctx) throws IOException {
        var space = Parameters.of(ctx).space();
        ctx.contentType(ZIP).header("Content-Disposition", "attachment; filename=space.zip");
        backup.writeTo(ctx.outputStream(), space);
    }

    private void write(Context ctx) throws IOException {
        Parameters.of(ctx);
        ctx.contentType(ZIP).header("Content-Disposition", "attachment; filename=palimpsest.zip");
        backup.writeTo(ctx.outputStream());
    }
}
