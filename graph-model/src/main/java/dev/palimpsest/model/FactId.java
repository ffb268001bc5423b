package dev.palimpsest.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;

/// The name of a fact, made from what it says: the same subject, predicate and object in the same
/// space have the same id, for ever and in every store.
public record FactId(UUID value) {

    /// A UUID of version 8: the first 16 bytes of the SHA-256 of the parts, each with its length.
    public static FactId of(
            SpaceId space, EntityId subject, PredicateName predicate, Value object) {
        var digest = Sha256.digest();
        addTo(digest, space.value());
        addTo(digest, subject.value());
        addTo(digest, predicate.value());
        addTo(digest, object.kind().word());
        addTo(digest, object.canonical());
        var hash = ByteBuffer.wrap(digest.digest());
        long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
        long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new FactId(new UUID(high, low));
    }

    private static void addTo(MessageDigest digest, String part) {
        var bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    /// @throws IllegalArgumentException if `text` is no UUID
    public static FactId parse(String text) {
        try {
            return new FactId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be the id of a fact, which is a UUID", e);
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
