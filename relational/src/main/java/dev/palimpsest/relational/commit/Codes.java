package dev.palimpsest.relational.commit;

import dev.palimpsest.model.ObjectKind;

/// The numbers by which kinds lie on disk: their places in their enums, which say so.
@SuppressWarnings("EnumOrdinal")
final class Codes {

    private static final ObjectKind[] OBJECT_KINDS = ObjectKind.values();

    /// In `gone_row.kind`: a whole space.
    static final int GONE_SPACE = 7;

    private Codes() {}

    static short of(ObjectKind kind) {
        return (short) kind.ordinal();
    }

    static ObjectKind objectKind(int code) {
        return OBJECT_KINDS[code];
    }

    static short of(Change.Kind kind) {
        return (short) kind.ordinal();
    }
}
