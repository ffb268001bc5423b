package dev.palimpsest.datasets.peers;

import dev.palimpsest.question.Kind;
import dev.palimpsest.space.GeoPoint;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;

/// One version of an entity, a fact or a memory, with everything a peer needs to know of it. Times
/// are microseconds, an end [Long#MAX_VALUE] if it has not come.
///
/// @param name of the entity, the fact or the memory, as answers give it
/// @param subject number of the entity itself, of the fact's subject, of the memory
/// @param point of a memory; of a fact that says where its subject is
/// @param strength of a causal fact
/// @param text what is searched for words
/// @param names what is searched for words, too, at half the weight
/// @param meaning of the text; empty for a fact without a sentence
record PeerRow(
        UUID id,
        String name,
        Kind kind,
        long subject,
        OptionalLong object,
        List<Long> mentions,
        Optional<GeoPoint> point,
        OptionalDouble strength,
        long validFrom,
        long validUntil,
        long recordedFrom,
        long recordedUntil,
        String text,
        String names,
        Optional<Direction> meaning) {

    PeerRow {
        mentions = List.copyOf(mentions);
    }

    boolean isPlaceFact() {
        return kind == Kind.FACT && point.isPresent();
    }

    /// Without what only soft constraints look at.
    PeerRow bare() {
        return new PeerRow(
                id,
                name,
                kind,
                subject,
                object,
                mentions,
                point,
                strength,
                validFrom,
                validUntil,
                recordedFrom,
                recordedUntil,
                "",
                "",
                Optional.empty());
    }
}
