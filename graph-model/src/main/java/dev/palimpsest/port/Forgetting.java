package dev.palimpsest.port;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.time.Bookmark;
import java.util.List;
import java.util.Map;

/// What is to be forgotten for good: it is deleted, from the past as well, and not taken in again.
///
/// @param reason in the words of whoever asks for it; it is kept
public record Forgetting(SpaceId space, Target target, String reason) {

    /// The most characters a reason may have.
    public static final int LONGEST_REASON = 2_000;

    public Forgetting {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException(
                    "has 1 to " + LONGEST_REASON + " characters: " + reason.length());
        }
    }

    /// One thing, or all of a space.
    public sealed interface Target {

        /// An entity, and all that was ever said about it or with it as object.
        record OfEntity(EntityId id) implements Target {}

        /// A memory, and what was quoted from it.
        record OfMemory(MemoryId id) implements Target {}

        /// A source, and all that it ever said. What others say is believed in its place.
        record OfSource(SourceId id) implements Target {}

        /// The space with everything in it.
        record Everything() implements Target {}
    }

    /// What a forgetting came to.
    ///
    /// @param at everything it did is at or before it
    /// @param changed false if it was forgotten before, or if only tried
    /// @param touched how many rows of what were deleted or changed
    /// @param left what is not, and what to do about that
    public record Report(
            Bookmark at, boolean changed, Map<String, Long> touched, List<String> left) {
        public Report {
            touched = Map.copyOf(touched);
            left = List.copyOf(left);
        }
    }
}
