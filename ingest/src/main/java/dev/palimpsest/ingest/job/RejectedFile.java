package dev.palimpsest.ingest.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.palimpsest.ingest.source.ItemReader.Piece;
import dev.palimpsest.port.WriteResult.Refusal;
import dev.palimpsest.port.WriteResult.Refusal.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What was refused, a line of JSON each: its number, the field and the rule, and as it stood.
final class RejectedFile implements Closeable {

    /// Of what is refused beyond, only the count is kept.
    static final long LARGEST = 256L << 20;

    private static final int LONGEST_TEXT = 64 * 1024;

    private final FileChannel file;

    /// @param length how much of the file counts; what comes after is cut off
    RejectedFile(Path path, long length) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        file.truncate(length);
        file.position(length);
    }

    void add(Piece piece, Refusal refusal) throws IOException {
        if (length() > LARGEST) {
            return;
        }
        var json = JsonNodeFactory.instance.objectNode();
        json.put("line", piece.number());
        if (!refusal.field().isEmpty()) {
            json.put("field", refusal.field());
        }
        json.put("rule", refusal.rule());
        if (!piece.text().isEmpty() && refusal.reason() != Reason.FORGOTTEN) {
            json.put(
                    "text",
                    piece.text().substring(0, Math.min(piece.text().length(), LONGEST_TEXT)));
        }
        var bytes = ByteBuffer.wrap((json + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    void clear() throws IOException {
        file.truncate(0);
        file.position(0);
    }

    long length() throws IOException {
        return file.position();
    }

    /// Makes durable what was added.
    void force() throws IOException {
        file.force(true);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
