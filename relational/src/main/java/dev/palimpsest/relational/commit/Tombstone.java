package dev.palimpsest.relational.commit;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.Sha256;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Forgetting.Target;
import java.util.HexFormat;
import java.util.Locale;

/// What stays of something that was forgotten: what kind of thing it was, and the hash of its id.
///
/// @param hash SHA-256 of the id in UTF-8, in hexadecimal
record Tombstone(Kind kind, String hash) {

    /// The order is part of what lies on disk.
    enum Kind {
        ENTITY,
        MEMORY,
        SOURCE,
        SPACE;

        @SuppressWarnings("EnumOrdinal") // as it lies on disk
        short code() {
            return (short) ordinal();
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Tombstone of(EntityId id) {
        return new Tombstone(Kind.ENTITY, Sha256.hex(id.value()));
    }

    static Tombstone of(MemoryId id) {
        return new Tombstone(Kind.MEMORY, Sha256.hex(id.value()));
    }

    static Tombstone of(SourceId id) {
        return new Tombstone(Kind.SOURCE, Sha256.hex(id.value()));
    }

    static Tombstone of(SpaceId id) {
        return new Tombstone(Kind.SPACE, Sha256.hex(id.value()));
    }

    static Tombstone of(SpaceId space, Target target) {
        return switch (target) {
            case Target.OfEntity(var id) -> of(id);
            case Target.OfMemory(var id) -> of(id);
            case Target.OfSource(var id) -> of(id);
            case Target.Everything() -> of(space);
        };
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hash);
    }
}
