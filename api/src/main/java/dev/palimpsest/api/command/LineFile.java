package dev.palimpsest.api.command;

import dev.palimpsest.ingest.source.NdjsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Lines such as `{"fact": {...}}`, sent as they are: the server reads them. Of a line that is too
/// long only as much is sent as makes the server refuse it.
final class LineFile implements ItemFile {

    private static final int CHUNK = 64 * 1024;
    private static final String PATH = "/facts?wait=";

    private final InputStream in;
    private final boolean recorded;
    private final byte[] chunk = new byte[CHUNK];
    private int start;
    private int end;
    private long lines;
    private long bytes;

    /// @param recorded whether the lines say themselves when they were recorded
    LineFile(InputStream in, boolean recorded) {
        this.in = in;
        this.recorded = recorded;
    }

    @Override
    public String word() {
        return "line";
    }

    @Override
    public Optional<ItemBatch> next() throws IOException {
        var batch = new ByteArrayOutputStream();
        int count = 0;
        boolean content = false;
        while (count < MOST_ITEMS && batch.size() < MOST_BYTES && fill()) {
            int before = batch.size();
            copyLine(batch);
            content |= batch.size() > before + 1;
            count++;
        }
        if (count == 0) {
            return Optional.empty();
        }
        long first = lines;
        lines += count;
        boolean isLast = !fill();
        return content
                ? Optional.of(new ItemBatch(first, count, bytes, isLast, post(batch.toByteArray())))
                : next();
    }

    private ItemBatch.Post post(byte[] body) {
        var query = recorded ? "&import=true" : "";
        return (client, space, wait) -> client.postLines(space + PATH + wait + query, body);
    }

    /// Copies up to the line feed and with it, leaving out what the longest line has no room for.
    private void copyLine(ByteArrayOutputStream batch) throws IOException {
        int room = NdjsonReader.LONGEST_LINE + 1;
        while (fill()) {
            int feed = start;
            while (feed < end && chunk[feed] != '\n') {
                feed++;
            }
            int copied = Math.min(room, feed - start);
            batch.write(chunk, start, copied);
            room -= copied;
            boolean ended = feed < end;
            bytes += feed - start + (ended ? 1 : 0);
            start = ended ? feed + 1 : feed;
            if (ended) {
                break;
            }
        }
        batch.writeBytes("\n".getBytes(StandardCharsets.US_ASCII));
    }

    private boolean fill() throws IOException {
        if (start < end) {
            return true;
        }
        start = 0;
        end = Math.max(in.read(chunk), 0);
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
