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

/// Something an agent can call. What it takes and gives is described in `<name>.yaml` beside its
/// class; see [Definition].
public interface Tool {

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
    /// @param addressed the space that the address of the door names
    /// @param usual the space of whoever names none at all
    record Call(
            JsonNode arguments,
            String client,
            Principal principal,
            Optional<Bookmark> seen,
            Optional<String> addressed,
            SpaceId usual) {

        /// @param known the arguments that the tool takes beside the space
        StrictObject arguments(String... known) {
            var all = Stream.concat(Stream.of(SPACE), Arrays.stream(known)).toList();
            return StrictObject.of(arguments, "", all);
        }

        /// The space it is about: of its arguments, of the address, or the usual one. Whatever a
        /// tool reads or writes is there, for that is what the key is asked about.
        public SpaceId space() {
            var named = arguments.hasNonNull(SPACE) ? Optional.of(argument()) : addressed;
            return named.map(name -> Shapes.made(SPACE, () -> new SpaceId(name))).orElse(usual);
        }

        private String argument() {
            return Shapes.TEXT.read(arguments.path(SPACE), SPACE);
        }

        /// Who says what is written: as named, else the agent itself.
        SourceId source(StrictObject arguments) {
            return arguments
                    .optional(SOURCE, DomainShapes.SOURCE)
                    .orElseGet(() -> new SourceId(client));
        }
    }

    /// An answer whose text is not its JSON.
    record Answer(Object structured, String text) {}

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
