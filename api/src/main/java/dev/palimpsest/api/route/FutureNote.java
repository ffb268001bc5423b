package dev.palimpsest.api.route;

import dev.palimpsest.question.KnownAt;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.time.InstantSource;
import java.util.Optional;

/// Says in a header of what is read by id or list that `knownAt` lies in the future: a list and a
/// card have no room for a note.
final class FutureNote {

    static final String HEADER = "Palimpsest-Note";

    private final InstantSource clock;

    FutureNote(InstantSource clock) {
        this.clock = clock;
    }

    /// Called after the route, which refuses what is wrong with `knownAt` or is nothing to it.
    void add(Context ctx) {
        if (ctx.method().equals(HandlerType.GET) && ctx.statusCode() == HttpStatus.OK.getCode()) {
            var asked =
                    Optional.ofNullable(ctx.queryParam(Reads.KNOWN_AT)).map(Parameters::toMoment);
            KnownAt.note(asked, clock.instant()).ifPresent(note -> ctx.header(HEADER, note));
        }
    }
}
