package dev.palimpsest.api.route;

import dev.palimpsest.api.wire.TakenInBody;
import dev.palimpsest.ingest.job.Imports;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.port.StoreException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/// Takes a space in from an archive: `POST /v1/restore`.
final class RestoreRoutes {

    private static final Duration RETRY = Duration.ofSeconds(10);

    private final BackupDoor backup;
    private final Imports imports;
    private final Semaphore places = new Semaphore(Limits.MOST_RESTORES);

    RestoreRoutes(BackupDoor backup, Imports imports) {
        this.backup = backup;
        this.imports = imports;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/v1/restore", this::restore);
    }

    private void restore(Context ctx) throws IOException {
        var data = RequestBody.data(ctx, Imports.LARGEST_DATA);
        try {
            data.requireNotTooLarge();
            Parameters.of(ctx);
            restore(ctx, data);
        } catch (ProblemException | InvalidField | StoreException e) {
            data.throwAwayRest();
            throw e;
        }
    }

    private void restore(Context ctx, UploadedData data) throws IOException {
        if (!places.tryAcquire()) {
            throw new StoreException.Overloaded(
                    "another space is being taken in; try again later", RETRY);
        }
        try {
            var taken = imports.lend(data, backup::takeIn);
            Doorkeeper.wrote(ctx, (int) Math.min(Integer.MAX_VALUE, taken.positions()));
            Reads.answer(
                    ctx,
                    new TakenInBody(
                            taken.space().value(),
                            taken.rows(),
                            taken.positions(),
                            taken.digest(),
                            taken.made(),
                            taken.at().toString()));
        } finally {
            places.release();
        }
    }
}
