package dev.palimpsest.api.route;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;

/// How a page of a list is named to clients: the key it begins after, and a checksum of that and of
/// the list, so that what no page gave out names none.
final class Cursors {

    private Cursors() {}

    /// @param list the path of the list
    static String of(String list, String key) {
        byte[] text = key.getBytes(StandardCharsets.UTF_8);
        var bytes = ByteBuffer.allocate(Integer.BYTES + text.length);
        bytes.putInt(checksum(list, text)).put(text);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /// @throws IllegalArgumentException if `cursor` was not given out by `list`
    static String key(String list, String cursor) {
        byte[] bytes = decoded(cursor);
        if (bytes.length >= Integer.BYTES) {
            byte[] text = Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length);
            if (ByteBuffer.wrap(bytes).getInt() == checksum(list, text)) {
                return new String(text, StandardCharsets.UTF_8);
            }
        }
        throw none(cursor);
    }

    private static byte[] decoded(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(none(cursor).getMessage(), e);
        }
    }

    private static IllegalArgumentException none(String cursor) {
        return new IllegalArgumentException(
                "names no page of this list; send `next` as the page before gave it: " + cursor);
    }

    private static int checksum(String list, byte[] text) {
        var checksum = new CRC32();
        checksum.update(list.getBytes(StandardCharsets.UTF_8));
        checksum.update(0);
        checksum.update(text);
        return (int) checksum.getValue();
    }
}
