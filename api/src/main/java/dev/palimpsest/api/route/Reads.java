package dev.palimpsest.api.route;

import dev.palimpsest.api.wire.FactBody;
import dev.palimpsest.api.wire.PageBody;
import dev.palimpsest.api.wire.WireJson;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Ledger.Page;
import dev.palimpsest.port.Ledger.PageRequest;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Bookmark;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What all routes that read the ledger share: the position they read at, and pages.
final class Reads {

    static final String AT = "at";
    static final String KNOWN_AT = "knownAt";
    static final String PREDICATE = "predicate";

    private Reads() {}

    /// The position of `knownAt`, or the last one.
    ///
    /// @throws StoreException.NotFound if there is no such space
    static Bookmark snapshot(Ledger ledger, SpaceId space, Parameters parameters) {
        requireSpace(ledger, space);
        var head = ledger.head();
        return parameters
                .moment(KNOWN_AT)
                .map(moment -> ledger.positionAt(space, moment))
                .map(position -> new Bookmark(head.epoch(), head.partition(), position))
                .orElse(head);
    }

    static void requireSpace(Ledger ledger, SpaceId space) {
        if (ledger.space(space).isEmpty()) {
            throw StoreException.NotFound.space(space);
        }
    }

    /// The page that `read` reads.
    ///
    /// @throws dev.palimpsest.ingest.source.InvalidField if the cursor names none
    static <T> Page<T> page(Supplier<Page<T>> read) {
        return Shapes.made(Parameters.CURSOR, read);
    }

    static <T> void answer(
            Context ctx, Page<T> page, Bookmark snapshot, Function<T, ? extends Object> body) {
        List<Object> items = page.elements().stream().<Object>map(body).toList();
        var next = page.next().map(key -> Cursors.of(ctx.path(), key));
        answer(ctx, PageBody.of(items, next, snapshot));
    }

    /// Tells versions of facts with who said each while it was believed.
    static Function<FactVersion, FactBody> told(
            Ledger ledger, SpaceId space, Page<FactVersion> page, Bookmark snapshot) {
        var facts = page.elements().stream().map(FactVersion::fact).collect(Collectors.toSet());
        var said = ledger.everSaid(space, facts, snapshot.position());
        return version ->
                FactBody.of(
                        version,
                        said.getOrDefault(version.fact(), List.of()).stream()
                                .filter(version::isSaidBy)
                                .map(one -> one.source().value())
                                .distinct()
                                .toList());
    }

    static void answer(Context ctx, Object body) {
        ctx.contentType(RequestBody.JSON).result(WireJson.write(body));
    }

    /// A page of a list that is held whole, by the names of its elements.
    static <T> Page<T> pageOf(List<T> all, Function<T, String> name, PageRequest request) {
        var after = request.after().orElse("");
        var rest =
                all.stream()
                        .filter(element -> name.apply(element).compareTo(after) > 0)
                        .sorted(Comparator.comparing(name))
                        .limit(request.size() + 1L)
                        .toList();
        if (rest.size() <= request.size()) {
            return new Page<>(rest, Optional.empty());
        }
        var page = rest.subList(0, request.size());
        return new Page<>(page, Optional.of(name.apply(page.getLast())));
    }
}
