package dev.palimpsest.api.route;

import dev.palimpsest.api.wire.ImportBody;
import dev.palimpsest.ingest.job.Imports;
import dev.palimpsest.ingest.job.Progress;
import dev.palimpsest.ingest.source.Format;
import dev.palimpsest.ingest.source.Incoming.Description;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.StoreException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;

/// Begins imports and tells how they come along: `/v1/spaces/{space}/imports`.
final class ImportRoutes {

    private static final String PATH = "/v1/spaces/{space}/imports";
    private static final String FORMAT = "format";
    private static final String NAME = "name";
    private static final String SOURCE = "source";
    private static final String MAPPING = "mapping";
    private static final String RECORDED = "recorded";
    private static final String UNNAMED = "import";

    private final Ledger ledger;
    private final Imports imports;

    ImportRoutes(Ledger ledger, Imports imports) {
        this.ledger = ledger;
        this.imports = imports;
    }

    void addTo(RoutesConfig routes) {
        routes.post(PATH, this::start);
        routes.get(PATH, this::list);
        routes.get(PATH + "/{import}", this::get);
        routes.delete(PATH + "/{import}", this::cancel);
        routes.get(PATH + "/{import}/rejected", this::rejected);
    }

    private void start(Context ctx) throws IOException {
        var data = RequestBody.data(ctx, Imports.LARGEST_DATA);
        try {
            start(ctx, data);
        } catch (ProblemException | InvalidField | StoreException e) {
            data.throwAwayRest();
            throw e;
        }
    }

    private void start(Context ctx, UploadedData data) throws IOException {
        data.requireNotTooLarge();
        var parameters = Parameters.of(ctx, FORMAT, NAME, SOURCE, MAPPING, RECORDED);
        Reads.requireSpace(ledger, parameters.space());
        var told =
                new Description(
                        parameters.query(FORMAT, Format::of),
                        parameters.text(NAME).orElse(UNNAMED),
                        parameters.text(SOURCE),
                        parameters.text(MAPPING),
                        parameters.flag(RECORDED));
        var progress = imports.start(parameters.space(), told, data);
        ctx.header("Location", ctx.path() + "/" + progress.job().id());
        Reads.answer(ctx.status(202), ImportBody.of(progress));
    }

    private void list(Context ctx) {
        var parameters = Parameters.of(ctx, Parameters.LIMIT, Parameters.CURSOR);
        Reads.requireSpace(ledger, parameters.space());
        var page = parameters.page();
        var all = imports.of(parameters.space());
        Reads.answer(
                ctx,
                Reads.pageOf(all, progress -> progress.job().id(), page),
                ledger.head(),
                ImportBody::of);
    }

    private void get(Context ctx) {
        var parameters = Parameters.of(ctx);
        Reads.answer(ctx, ImportBody.of(imports.find(parameters.space(), id(ctx))));
    }

    private void cancel(Context ctx) {
        var parameters = Parameters.of(ctx);
        Progress progress = imports.cancel(parameters.space(), id(ctx));
        Reads.answer(ctx, ImportBody.of(progress));
    }

    private void rejected(Context ctx) throws IOException {
        var parameters = Parameters.of(ctx);
        ctx.contentType(RequestBody.NDJSON).result(imports.rejected(parameters.space(), id(ctx)));
    }

    private static String id(Context ctx) {
        return ctx.pathParam("import");
    }
}
