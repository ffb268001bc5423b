package dev.palimpsest.ingest.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.palimpsest.ingest.source.ItemReader.Piece;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.WriteResult.Refusal;
import dev.palimpsest.port.WriteResult.Refusal.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What was refused, a line of JSON each: its number, the field and the rule, and as it stood. Safe
/// for use by several threads.
final class RejectedFile implements Closeable {

    /// Of what is refused beyond, only the count is kept.
    static final long LARGEST = 256L << 20;

    private static final int LONGEST_TEXT = 64 * 1024;

    private final FileChannel file;

    private RejectedFile(FileChannel file) {
        this.file = file;
    }

    /// @param length how much of the file counts; what comes after is cut off
    /// @throws StoreException if the disk does not let us
    static RejectedFile open(Path path, long length) {
        try {
            var file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var rejected = new RejectedFile(file);
            try {
                rejected.cutTo(Math.min(length, file.size()));
                return rejected;
            } catch (IOException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw JobFolder.full("open the file of what is rejected", e);
        }
    }

    /// @throws StoreException if the disk does not let us; nothing is added then
    synchronized void add(Piece piece, Refusal refusal) {
        try {
            long before = file.position();
            if (before > LARGEST) {
                return;
            }
            try {
                write(line(piece, refusal));
            } catch (IOException e) {
                cutTo(before);
                throw e;
            }
        } catch (IOException e) {
            throw JobFolder.full("keep what is rejected", e);
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    private void cutTo(long length) throws IOException {
        file.truncate(length);
        file.position(length);
    }

    private static ByteBuffer line(Piece piece, Refusal refusal) {
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
        return ByteBuffer.wrap((json + "\n").getBytes(StandardCharsets.UTF_8));
    }

    synchronized void clear() {
        try {
            cutTo(0);
            file.force(true);
        } catch (IOException e) {
            throw JobFolder.full("delete what is rejected", e);
        }
    }

    synchronized long length() {
        try {
            return file.position();
        } catch (IOException e) {
            throw JobFolder.full("keep what is rejected", e);
        }
    }

    /// Makes durable what was added.
    void force() {
        try {
            file.force(true);
        } catch (IOException e) {
            throw JobFolder.full("keep what is rejected", e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
