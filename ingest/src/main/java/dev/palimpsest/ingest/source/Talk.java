package dev.palimpsest.ingest.source;

import dev.palimpsest.ingest.source.Document.Origin;
import dev.palimpsest.ingest.source.ItemReader.Piece;
import dev.palimpsest.ingest.source.Passages.Passage;
import dev.palimpsest.model.Memory;
import dev.palimpsest.time.Moments;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes memories of messages, in their order; one that is too long becomes several, and each says
/// at which `offset` of the message it begins.
final class Talk {

    private final Document document;
    private final ContentIds ids = new ContentIds();
    private long order;

    Talk(Document document) {
        this.document = document;
    }

    /// @param number of the message, as its file counts
    /// @param time as it stands there; empty if it does not
    /// @param offset of the message, at which the text begins if that is the rest of a longer one
    record Message(long number, String speaker, String time, long offset, String text) {}

    List<Piece> pieces(Message message) {
        if (message.text().isBlank()) {
            return List.of();
        }
        var occurred = moment(message.time());
        order++;
        var parts =
                message.text().length() <= Memory.LONGEST_TEXT
                        ? List.of(new Passage(0, message.text()))
                        : Passages.of(message.text(), Memory.LONGEST_TEXT);
        var pieces = new ArrayList<Piece>();
        for (var part : parts) {
            var metadata = document.metadata(message.number()).put("order", order);
            if (occurred.isEmpty() && !message.time().isEmpty()) {
                metadata.put("time", message.time());
            }
            if (parts.size() > 1 || message.offset() > 0) {
                metadata.put("offset", message.offset() + part.offset())
                        .put("length", part.text().length());
            }
            var speaker = Optional.of(message.speaker()).filter(name -> !name.isBlank());
            var origin = new Origin(speaker, occurred, metadata);
            pieces.add(
                    new Piece(message.number(), document.memory(part, origin, ids), part.text()));
        }
        return pieces;
    }

    /// The moment a time tells; one without an offset is taken as UTC, one without a date is none.
    static Optional<Instant> moment(String time) {
        var iso = time.strip().replaceFirst("(?<=\\d) (?=\\d)", "T");
        try {
            return Optional.of(Moments.require(OffsetDateTime.parse(iso).toInstant()));
        } catch (DateTimeException | IllegalArgumentException _) {
            return local(iso);
        }
    }

    private static Optional<Instant> local(String iso) {
        try {
            return Optional.of(Moments.require(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC)));
        } catch (DateTimeException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
