package dev.palimpsest.relational.commit;

import dev.palimpsest.model.ObjectKind;

/// The numbers by which kinds lie on disk: their places in their enums, which say so.
@SuppressWarnings("EnumOrdinal")
public final class Codes {

    private static final ObjectKind[] OBJECT_KINDS = ObjectKind.values();
    private static final Tombstone.Kind[] TOMBSTONE_KINDS = Tombstone.Kind.values();

    /// In `gone_row.kind`: a whole space.
    public static final int GONE_SPACE = 7;

    private Codes() {}

    static short of(ObjectKind kind) {
        return (short) kind.ordinal();
    }

    public static ObjectKind objectKind(int code) {
        return OBJECT_KINDS[code];
    }

    /// The word for the kind of thing that `forgotten.kind` says was forgotten.
    public static String forgottenKind(int code) {
        return TOMBSTONE_KINDS[code].word();
    }

    static short of(Change.Kind kind) {
        return (short) kind.ordinal();
    }
}
