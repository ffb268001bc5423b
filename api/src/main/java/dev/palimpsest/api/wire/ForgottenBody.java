package dev.palimpsest.api.wire;

import dev.palimpsest.port.Tombstones.Tombstone;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Something that was forgotten.
///
/// @param kind `entity`, `memory`, `source` or `space`
/// @param idHash SHA-256 of its id, in hexadecimal
/// @param cleaned whether indexes and the free space of the ledger are rid of it, too
/// @param lifted when it was allowed again; absent if it is not
public record ForgottenBody(
        String kind,
        String idHash,
        String reason,
        String recorded,
        long position,
        Map<String, Long> touched,
        boolean cleaned,
        @Nullable String lifted) {

    public static ForgottenBody of(Tombstone tombstone) {
        return new ForgottenBody(
                tombstone.kind(),
                tombstone.idHash(),
                tombstone.reason(),
                tombstone.recorded().toString(),
                tombstone.position().number(),
                new TreeMap<>(tombstone.touched()),
                tombstone.cleaned(),
                tombstone.lifted().map(Object::toString).orElse(null));
    }
}
