package dev.palimpsest.api.route;

import dev.palimpsest.api.wire.EntityBody;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Ledger.EntityFilter;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Bookmark;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.stream.Stream;

/// Reads entities and what is known of them: `GET /v1/spaces/{space}/entities` and below.
final class EntityRoutes {

    private static final String ENTITIES = "/v1/spaces/{space}/entities";
    private static final String ONE = ENTITIES + "/{entity}";

    private final Ledger ledger;
    private final Neighbours neighbours;

    EntityRoutes(Ledger ledger) {
        this.ledger = ledger;
        this.neighbours = new Neighbours(ledger);
    }

    void addTo(RoutesConfig routes) {
        routes.get(ENTITIES, this::list);
        routes.get(ONE, this::one);
        routes.get(ONE + "/facts", this::facts);
        routes.get(ONE + "/history", this::history);
        routes.get(ONE + "/neighbours", this::neighbours);
    }

    private void list(Context ctx) {
        var parameters =
                Parameters.of(
                        ctx, "type", "name", Reads.KNOWN_AT, Parameters.LIMIT, Parameters.CURSOR);
        var space = parameters.space();
        var snapshot = Reads.snapshot(ledger, space, parameters);
        var filter =
                new EntityFilter(
                        parameters.query("type", EntityType::new), parameters.text("name"));
        var request = parameters.page();
        var page = Reads.page(() -> ledger.entities(space, filter, snapshot.position(), request));
        Reads.answer(ctx, page, snapshot, EntityBody::of);
    }

    private void one(Context ctx) {
        var parameters = Parameters.of(ctx, Reads.KNOWN_AT);
        var snapshot = Reads.snapshot(ledger, parameters.space(), parameters);
        var profile = profile(parameters.space(), entity(parameters), snapshot);
        Reads.answer(ctx, EntityBody.of(profile));
    }

    private void facts(Context ctx) {
        var parameters = about(ctx, Reads.AT, Reads.KNOWN_AT);
        var space = parameters.space();
        var snapshot = Reads.snapshot(ledger, space, parameters);
        var request = parameters.page();
        var page =
                Reads.page(() ->
                        ledger.facts(
                                space,
                                entity(parameters),
                                parameters.query(Reads.PREDICATE, PredicateName::new),
                                parameters.moment(Reads.AT),
                                snapshot.position(),
                                request));
        requireKnown(page.elements().isEmpty(), parameters, snapshot);
        Reads.answer(ctx, page, snapshot, Reads.told(ledger, space, page, snapshot));
    }

    private void history(Context ctx) {
        var parameters = about(ctx, Reads.KNOWN_AT);
        var space = parameters.space();
        var snapshot = Reads.snapshot(ledger, space, parameters);
        var request = parameters.page();
        var page =
                Reads.page(() ->
                        ledger.history(
                                space,
                                entity(parameters),
                                parameters.query(Reads.PREDICATE, PredicateName::new),
                                snapshot.position(),
                                request));
        requireKnown(page.elements().isEmpty(), parameters, snapshot);
        Reads.answer(ctx, page, snapshot, Reads.told(ledger, space, page, snapshot));
    }

    private void neighbours(Context ctx) {
        var parameters = about(ctx, Reads.AT, Reads.KNOWN_AT);
        var snapshot = Reads.snapshot(ledger, parameters.space(), parameters);
        var wanted =
                new Neighbours.Wanted(
                        parameters.space(),
                        entity(parameters),
                        parameters.query(Reads.PREDICATE, PredicateName::new),
                        parameters.moment(Reads.AT));
        var request = parameters.page();
        var page = Reads.page(() -> neighbours.of(wanted, snapshot.position(), request));
        requireKnown(page.elements().isEmpty(), parameters, snapshot);
        Reads.answer(ctx, page, snapshot, neighbour -> neighbour);
    }

    private static Parameters about(Context ctx, String... axes) {
        var paging = Stream.of(Reads.PREDICATE, Parameters.LIMIT, Parameters.CURSOR);
        return Parameters.of(ctx, Stream.concat(Stream.of(axes), paging).toArray(String[]::new));
    }

    private static EntityId entity(Parameters parameters) {
        return parameters.path("entity", EntityId::new);
    }

    /// An entity without facts is there, one that was never mentioned is not.
    private void requireKnown(boolean nothingFound, Parameters parameters, Bookmark snapshot) {
        if (nothingFound) {
            profile(parameters.space(), entity(parameters), snapshot);
        }
    }

    private EntityProfile profile(SpaceId space, EntityId entity, Bookmark snapshot) {
        return ledger.entity(space, entity, snapshot.position())
                .orElseThrow(() ->
                        new StoreException.NotFound(
                                "there is no entity '"
                                        + entity
                                        + "' in space '"
                                        + space
                                        + "' at "
                                        + snapshot));
    }
}
