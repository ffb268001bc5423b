package dev.palimpsest.api.route;

import dev.palimpsest.api.wire.PredicateBody;
import dev.palimpsest.api.wire.SourceBody;
import dev.palimpsest.ingest.source.RegistryParser;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Registers, lists and describes the predicates and sources of a space:
/// `/v1/spaces/{space}/predicates` and `/sources`.
final class RegistryRoutes {

    private static final String PREDICATES = "/v1/spaces/{space}/predicates";
    private static final String SOURCES = "/v1/spaces/{space}/sources";
    private static final String SOURCE = "source";

    private final Ledger ledger;
    private final Writes writes;

    RegistryRoutes(Ledger ledger, Writes writes) {
        this.ledger = ledger;
        this.writes = writes;
    }

    void addTo(RoutesConfig routes) {
        routes.get(PREDICATES, this::predicates);
        routes.get(PREDICATES + "/{predicate}", this::predicate);
        routes.put(PREDICATES + "/{predicate}", this::register);
        routes.get(SOURCES, this::sources);
        routes.get(SOURCES + "/{source}", this::source);
        routes.put(SOURCES + "/{source}", this::describe);
    }

    private void predicates(Context ctx) {
        var parameters = Parameters.of(ctx, Parameters.LIMIT, Parameters.CURSOR);
        var space = parameters.space();
        Reads.requireSpace(ledger, space);
        var page =
                Reads.pageOf(
                        ledger.predicates(space),
                        predicate -> predicate.name().value(),
                        parameters.page());
        Reads.answer(ctx, page, ledger.head(), PredicateBody::of);
    }

    private void predicate(Context ctx) {
        var parameters = Parameters.of(ctx);
        var space = parameters.space();
        Reads.requireSpace(ledger, space);
        var name = parameters.path(Reads.PREDICATE, PredicateName::new);
        var predicate =
                ledger.predicates(space).stream()
                        .filter(known -> known.name().equals(name))
                        .findFirst();
        Reads.answer(ctx, PredicateBody.of(found(predicate, "predicate", name)));
    }

    private void register(Context ctx) throws IOException {
        var name = Parameters.of(ctx, Writes.WAIT).path(Reads.PREDICATE, PredicateName::new);
        writes.write(
                ctx,
                body ->
                        List.of(
                                WriteItem.now(
                                        new Action.RegisterPredicate(
                                                RegistryParser.predicate(name, body)))));
    }

    private void sources(Context ctx) {
        var parameters = Parameters.of(ctx, Parameters.LIMIT, Parameters.CURSOR);
        var space = parameters.space();
        Reads.requireSpace(ledger, space);
        var page =
                Reads.pageOf(
                        ledger.sources(space), source -> source.id().value(), parameters.page());
        Reads.answer(ctx, page, ledger.head(), SourceBody::of);
    }

    private void source(Context ctx) {
        var parameters = Parameters.of(ctx);
        var space = parameters.space();
        Reads.requireSpace(ledger, space);
        var id = parameters.path(SOURCE, SourceId::new);
        var source =
                ledger.sources(space).stream().filter(known -> known.id().equals(id)).findFirst();
        Reads.answer(ctx, SourceBody.of(found(source, SOURCE, id)));
    }

    private void describe(Context ctx) throws IOException {
        var id = Parameters.of(ctx, Writes.WAIT).path(SOURCE, SourceId::new);
        writes.write(
                ctx,
                body ->
                        List.of(
                                WriteItem.now(
                                        new Action.DescribeSource(
                                                RegistryParser.source(id, body)))));
    }

    private static <T> T found(Optional<T> one, String what, Object name) {
        return one.orElseThrow(
                () -> new StoreException.NotFound("there is no " + what + " '" + name + "'"));
    }
}
