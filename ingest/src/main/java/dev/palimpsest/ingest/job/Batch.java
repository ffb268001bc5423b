package dev.palimpsest.ingest.job;

import dev.palimpsest.ingest.source.CountedBytes;
import dev.palimpsest.ingest.source.ItemReader;
import dev.palimpsest.ingest.source.ItemReader.Piece;
import dev.palimpsest.ingest.source.Parsed;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Pieces that are committed together.
///
/// @param bytesRead how much of the data is read once they are
record Batch(List<Piece> pieces, long bytesRead) {

    private static final int MOST_CHARACTERS = 8 * 1024 * 1024;

    Batch {
        pieces = List.copyOf(pieces);
    }

    static Batch read(ItemReader reader, CountedBytes data) throws IOException {
        var pieces = new ArrayList<Piece>();
        long characters = 0;
        while (pieces.size() < WriteRequest.MOST_ITEMS && characters < MOST_CHARACTERS) {
            var next = reader.next();
            if (next.isEmpty()) {
                break;
            }
            pieces.add(next.get());
            characters += next.get().text().length();
        }
        return new Batch(pieces, data.count());
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /// Those that can be written.
    List<WriteItem> items() {
        return pieces.stream()
                .map(Piece::parsed)
                .filter(Parsed.Item.class::isInstance)
                .map(parsed -> ((Parsed.Item) parsed).item())
                .toList();
    }

    /// SHA-256 of what they are, in hexadecimal.
    String hash() {
        var digest = JobFolder.sha256();
        for (var piece : pieces) {
            digest.update((piece.number() + " " + piece.text()).getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
