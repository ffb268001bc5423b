package dev.palimpsest.relational.archive;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the rows of an entry, one a line, so many at a time.
final class RowLines {

    private static final int ROWS_AT_ONCE = 1_000;

    private static final long CHARACTERS_AT_ONCE = 4_000_000;

    /// The longest rows are answers to a thousand items.
    private static final int LONGEST_ROW = 16 << 20;

    private final Reader reader;
    private final char[] chunk = new char[64 * 1024];
    private int next;
    private int end;

    RowLines(Reader reader) {
        this.reader = reader;
    }

    /// The next rows; none at the end.
    ///
    /// @throws ArchiveException if one is too long
    List<String> slice() throws IOException {
        List<String> slice = new ArrayList<>();
        long characters = 0;
        while (slice.size() < ROWS_AT_ONCE && characters < CHARACTERS_AT_ONCE) {
            var line = line();
            if (line.isEmpty()) {
                break;
            }
            slice.add(line.get());
            characters += line.get().length();
        }
        return slice;
    }

    private Optional<String> line() throws IOException {
        var line = new StringBuilder();
        while (fill()) {
            int begin = next;
            while (next < end && chunk[next] != '\n') {
                next++;
            }
            line.append(chunk, begin, next - begin);
            if (line.length() > LONGEST_ROW) {
                throw new ArchiveException("it has a row that is too long; use another backup");
            }
            if (next < end) {
                next++;
                return Optional.of(line.toString());
            }
        }
        return line.isEmpty() ? Optional.empty() : Optional.of(line.toString());
    }

    /// Whether there is more.
    private boolean fill() throws IOException {
        if (next == end) {
            next = 0;
            end = Math.max(0, reader.read(chunk));
        }
        return next < end;
    }
}
