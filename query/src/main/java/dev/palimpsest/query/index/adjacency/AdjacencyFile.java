package dev.palimpsest.query.index.adjacency;

import dev.palimpsest.disk.Durably;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Projection.Checkpoint;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Position;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file the adjacency of all spaces is kept in: replaced as a whole, and good only as a whole.
///
/// Layout 1: `PALA`, the layout, epoch and position, how many spaces; each by [GraphFormat] after
/// its name; the CRC-32C of all that.
final class AdjacencyFile {

    private static final Logger LOG = LoggerFactory.getLogger(AdjacencyFile.class);

    private static final int MAGIC = 0x50414C41;
    private static final int LAYOUT = 1;
    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final Path file;

    AdjacencyFile(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("arcs");
    }

    /// What is in it.
    record Kept(Checkpoint upTo, Map<SpaceId, SpaceGraph> spaces) {}

    /// What was kept; empty if there is nothing, or nothing of use.
    Optional<Kept> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size() - Long.BYTES;
            requireSame("checksum", checksum(channel, size), last(channel, size));
            return Optional.of(read(channel.position(0)));
        } catch (IOException | RuntimeException e) { // damage has any shape
            LOG.warn("{} is of no use, so all facts are read again", file, e);
            return Optional.empty();
        }
    }

    private static Kept read(FileChannel channel) throws IOException {
        // The channel is closed by who opened it.
        var in =
                new DataInputStream(
                        new BufferedInputStream(Channels.newInputStream(channel), BUFFER));
        requireSame("layout", layout(), in.readLong());
        var epoch = new UUID(in.readLong(), in.readLong());
        var upTo = new Checkpoint(epoch, new Position(in.readLong()));
        var spaces = new HashMap<SpaceId, SpaceGraph>();
        for (int left = in.readInt(); left > 0; left--) {
            spaces.put(new SpaceId(in.readUTF()), GraphFormat.read(in));
        }
        return new Kept(upTo, spaces);
    }

    private static long checksum(FileChannel channel, long size) throws IOException {
        var sum = new CRC32C();
        var buffer = ByteBuffer.allocate(BUFFER);
        for (long left = size; left > 0; left -= buffer.limit()) {
            buffer.clear().limit((int) Math.min(left, BUFFER));
            readFully(channel, buffer);
            sum.update(buffer);
        }
        return sum.getValue();
    }

    private static long last(FileChannel channel, long at) throws IOException {
        var buffer = ByteBuffer.allocate(Long.BYTES);
        readFully(channel.position(Math.max(0, at)), buffer);
        return buffer.getLong();
    }

    private static void readFully(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("it ends too soon");
            }
        }
        buffer.flip();
    }

    /// Puts this in the place of what was kept, durably.
    ///
    /// @throws StoreException.Unavailable if it cannot be written; then what was kept stays
    void write(Kept kept) {
        try {
            Files.createDirectories(folder);
            Durably.replace(file, into -> write(kept, into));
        } catch (IOException e) {
            throw new StoreException.Unavailable("the adjacency cannot be kept in " + file, e);
        }
    }

    private static void write(Kept kept, OutputStream into) throws IOException {
        var sum = new CRC32C();
        var out =
                new DataOutputStream(
                        new BufferedOutputStream(new CheckedOutputStream(into, sum), BUFFER));
        out.writeLong(layout());
        out.writeLong(kept.upTo.epoch().getMostSignificantBits());
        out.writeLong(kept.upTo.epoch().getLeastSignificantBits());
        out.writeLong(kept.upTo.position().number());
        out.writeInt(kept.spaces.size());
        for (var space : kept.spaces.entrySet()) {
            out.writeUTF(space.getKey().value());
            GraphFormat.write(space.getValue(), out);
        }
        out.flush();
        out.writeLong(sum.getValue());
        out.flush();
    }

    void delete() {
        try {
            Durably.delete(file);
        } catch (IOException e) {
            throw new StoreException.Unavailable("cannot delete " + file, e);
        }
    }

    private static long layout() {
        return (long) MAGIC << Integer.SIZE | LAYOUT;
    }

    private static void requireSame(String what, long expected, long found) throws IOException {
        if (expected != found) {
            throw new IOException(
                    "its "
                            + what
                            + " is "
                            + Long.toHexString(found)
                            + ", not "
                            + Long.toHexString(expected));
        }
    }
}
