package dev.palimpsest.time;

import java.util.UUID;

/// A position of one ledger, as a client keeps it: write, take the bookmark, read `after` it.
///
/// Written `<epoch>.<partition>.<position>`; a restored ledger has a new epoch, and bookmarks of
/// another epoch are refused.
public record Bookmark(UUID epoch, int partition, Position position) {

    /// @throws IllegalArgumentException if `text` is no bookmark
    public static Bookmark parse(String text) {
        var parts = text.split("\\.", 4);
        try {
            if (parts.length == 3) {
                return new Bookmark(
                        UUID.fromString(parts[0]),
                        Integer.parseInt(parts[1]),
                        new Position(Long.parseLong(parts[2])));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is no bookmark: " + text, e);
        }
        throw new IllegalArgumentException("is no bookmark: " + text);
    }

    @Override
    public String toString() {
        return epoch + "." + partition + "." + position.number();
    }
}
