package dev.palimpsest.ingest.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.function.Supplier;

/// Makes ids for what comes without one of where it stands and what it says: read again, the same
/// has the same id. For one reader and one thread.
final class ContentIds implements Supplier<String> {

    private final MessageDigest digest;
    private byte[] hash = new byte[0];

    ContentIds() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// From now on ids are those of `content`, the piece of that number.
    void standAt(long number, byte[] content) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
        hash = digest.digest(content);
    }

    /// The same, of several texts.
    void standAt(long number, String... texts) {
        for (var text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            digest.update(bytes);
        }
        standAt(number, new byte[0]);
    }

    /// A UUID of version 8.
    @Override
    public String get() {
        var first = ByteBuffer.wrap(hash);
        long high = (first.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
        long low = (first.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
