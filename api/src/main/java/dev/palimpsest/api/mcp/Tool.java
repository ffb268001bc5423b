package dev.palimpsest.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;

import dev.palimpsest.api.access.Principal;
import dev.palimpsest.ingest.source.DomainShapes;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.ingest.source.StrictObject;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.time.Bookmark;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/// Something an agent can call. What it takes and gives is described in `<name>.yaml` beside this
/// class; see [Definition].
interface Tool {

    String SPACE = "space";
    String SOURCE = "source";

    /// The space of whoever names none.
    SpaceId USUAL_SPACE = new SpaceId("main");

    String name();

    /// @return what is told as JSON
    /// @throws dev.palimpsest.ingest.source.InvalidField if an argument breaks a rule
    /// @throws dev.palimpsest.port.StoreException if the store cannot do it
    Object call(Call call);

    /// One call of a tool.
    ///
    /// @param client what the agent calls itself
    /// @param principal who calls
    /// @param seen the last write of this session, which a question has to see
    record Call(JsonNode arguments, String client, Principal principal, Optional<Bookmark> seen) {

        /// @param known the arguments that the tool takes beside the space
        StrictObject arguments(String... known) {
            var all = Stream.concat(Stream.of(SPACE), Arrays.stream(known)).toList();
            return StrictObject.of(arguments, "", all);
        }

        /// The space it is about.
        SpaceId space() {
            return arguments.hasNonNull(SPACE)
                    ? Shapes.TEXT.as(SpaceId::new).read(arguments.path(SPACE), SPACE)
                    : USUAL_SPACE;
        }

        /// Who says what is written: as named, else the agent itself.
        SourceId source(StrictObject arguments) {
            return arguments
                    .optional(SOURCE, DomainShapes.SOURCE)
                    .orElseGet(() -> new SourceId(client));
        }
    }

    /// What a call that wrote tells beside its answer.
    interface Wrote {

        /// Everything it wrote is at or before it.
        String bookmark();

        /// How many items it wrote, for the audit log.
        default int items() {
            return 1;
        }
    }
}
