package dev.palimpsest.ingest.source;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/// Bytes that should be UTF-8.
final class Utf8 {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private Utf8() {}

    /// The text, without a byte order mark.
    ///
    /// @throws InvalidField that names the first byte that is none
    static String decode(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            requireEach(bytes);
        }
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    /// The text to show, be it broken.
    static String shown(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void requireEach(byte[] bytes) {
        var from = ByteBuffer.wrap(bytes);
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var result = decoder.decode(from, CharBuffer.allocate(bytes.length + 1), true);
        if (!result.isError()) {
            return;
        }
        throw new InvalidField(
                "",
                "is not UTF-8 at byte "
                        + (from.position() + 1)
                        + " (0x%02X)".formatted(bytes[from.position()])
                        + "; if it is of another encoding, convert it before, such as with iconv -f"
                        + " latin1 -t utf-8");
    }
}
