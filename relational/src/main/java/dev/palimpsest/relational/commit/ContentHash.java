package dev.palimpsest.relational.commit;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The SHA-256 of all that the caller gave of a memory but its id.
final class ContentHash {

    private final byte[] bytes;

    ContentHash(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    static ContentHash of(Memory memory) {
        var parts =
                List.of(
                        memory.text(),
                        given(memory.occurred().map(Object::toString)),
                        given(memory.agent()),
                        given(memory.session()),
                        given(memory.speaker()),
                        given(
                                memory.place()
                                        .map(point -> point.latitude() + "," + point.longitude())),
                        memory.source().value(),
                        memory.metadata());
        var mentions = memory.mentions().stream().map(EntityId::value).toList();
        try {
            var hashed = new ByteArrayOutputStream();
            var out = new DataOutputStream(hashed);
            write(out, parts);
            write(out, mentions);
            return new ContentHash(Sha256.digest().digest(hashed.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Told apart from an empty text that was not given.
    private static String given(Optional<String> part) {
        return part.map(text -> "=" + text).orElse("");
    }

    private static void write(DataOutputStream out, List<String> parts) throws IOException {
        out.writeInt(parts.size());
        for (String part : parts) {
            var encoded = part.getBytes(StandardCharsets.UTF_8);
            out.writeInt(encoded.length);
            out.write(encoded);
        }
    }

    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContentHash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
