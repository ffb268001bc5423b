package dev.palimpsest.model;

import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Text an agent kept, verbatim, with when and where it happened, who said it, and the entities it
/// mentions.
///
/// @param metadata a JSON object as canonical text; `{}` if none
public record Memory(
        MemoryId id,
        String text,
        Optional<Instant> occurred,
        Optional<String> agent,
        Optional<String> session,
        Optional<String> speaker,
        Optional<GeoPoint> place,
        List<EntityId> mentions,
        SourceId source,
        String metadata) {

    /// The most characters a memory may have; longer texts are split by whoever reads them.
    public static final int LONGEST_TEXT = 200_000;

    public Memory {
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    "text has 1 to " + LONGEST_TEXT + " characters: " + text.length());
        }
        occurred = occurred.map(Moments::require);
        mentions = mentions.stream().distinct().toList();
    }

    /// When it happened, as an interval of one instant.
    public Optional<Interval> when() {
        return occurred.map(Interval::at);
    }

    /// What is embedded of a memory: its text with speaker and date before it.
    public String textWithContext() {
        return withContext(text, speaker, occurred);
    }

    /// The same of its parts.
    public static String withContext(
            String text, Optional<String> speaker, Optional<Instant> occurred) {
        var context = new StringBuilder();
        speaker.ifPresent(context::append);
        occurred.ifPresent(moment ->
                context.append(context.isEmpty() ? "" : ", ")
                        .append(moment.toString(), 0, moment.toString().indexOf('T')));
        return context.isEmpty() ? text : context + ": " + text;
    }
}
