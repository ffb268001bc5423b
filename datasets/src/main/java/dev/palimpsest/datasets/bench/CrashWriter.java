package dev.palimpsest.datasets.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One writer: posts one row after the other, and knows of each whether it was acknowledged. One
/// that was under way when the server was killed is in doubt: it may be there or not, but once.
///
/// Of ten rows eight are readings of ever new subjects, one moves the writer's state, of which one
/// is believed at a time, and one is a memory, so that facts, beliefs that are superseded, entities
/// and texts are all under way at once.
final class CrashWriter {

    static final String STATE = "state";

    private static final int ROWS_OF_A_KIND = 10;
    private static final int WRITTEN = 200;
    private static final int UNAVAILABLE = 503;

    private final int number;
    private final List<Row> rows = new ArrayList<>();
    private final List<Row> inDoubt = new ArrayList<>();
    private int acknowledged;
    private Optional<IOException> lastEnd = Optional.empty();

    /// A row, and where it is posted within a space.
    record Row(String path, String json) {

        String pathToWrite() {
            return BenchCrash.SPACE_PATH + "/" + path + "?wait=durable";
        }

        byte[] bytes() {
            return json.getBytes(StandardCharsets.UTF_8);
        }
    }

    CrashWriter(int number) {
        this.number = number;
    }

    /// Writes until the server is gone.
    ///
    /// @param onAcknowledged told of each row
    /// @throws IllegalStateException if a row is refused
    void write(URI server, Runnable onAcknowledged) {
        try (var exchange = new Exchange(server)) {
            boolean goesOn = true;
            while (goesOn) {
                var row = row(rows.size());
                rows.add(row);
                inDoubt.add(row);
                goesOn = isAcknowledged(exchange.post(row.pathToWrite(), row.bytes()));
                if (goesOn) {
                    inDoubt.removeLast();
                    acknowledged++;
                    onAcknowledged.run();
                }
            }
        } catch (IOException e) {
            lastEnd = Optional.of(e);
        }
    }

    /// @return false if the server takes no writes any more
    private static boolean isAcknowledged(Exchange.Reply reply) {
        if (reply.status() != WRITTEN && reply.status() != UNAVAILABLE) {
            throw new IllegalStateException(
                    "a row was answered with " + reply.status() + ": " + reply.body());
        }
        return reply.status() == WRITTEN;
    }

    /// How its last connection ended.
    Optional<IOException> lastEnd() {
        return lastEnd;
    }

    /// All rows it ever posted.
    List<Row> rows() {
        return rows;
    }

    /// Those nobody answered.
    List<Row> inDoubt() {
        return inDoubt;
    }

    int acknowledged() {
        return acknowledged;
    }

    /// Whether a state was acknowledged, so that one must be believed.
    boolean hasState() {
        for (int i = 0; i < rows.size(); i += ROWS_OF_A_KIND) {
            if (!inDoubt.contains(rows.get(i))) {
                return true;
            }
        }
        return false;
    }

    /// Whether a state may be the one that is believed: the last that was acknowledged, or one in
    /// doubt after it.
    boolean couldBeLast(int state) {
        for (int i = rows.size() - 1; i >= 0; i--) {
            boolean isState = i % ROWS_OF_A_KIND == 0;
            if (isState && i == state) {
                return true;
            }
            if (isState && !inDoubt.contains(rows.get(i))) {
                return false;
            }
        }
        return false;
    }

    String entity() {
        return "w" + number;
    }

    private Row row(int i) {
        return switch (i % ROWS_OF_A_KIND) {
            case 0 -> fact(entity(), STATE, i);
            case 1 ->
                    new Row(
                            "memories",
                            String.format(
                                    Locale.ROOT,
                                    "{\"id\": \"m%d-%d\", \"text\": \"writer %d saw thing %d\","
                                            + " \"mentions\": [\"w%d\"], \"source\": \"crash\"}",
                                    number,
                                    i,
                                    number,
                                    i,
                                    number));
            default -> fact("w" + number + "-" + i / ROWS_OF_A_KIND, "reading" + i % 10, i);
        };
    }

    private static Row fact(String subject, String predicate, int value) {
        return new Row(
                "facts",
                String.format(
                        Locale.ROOT,
                        "{\"subject\": \"%s\", \"predicate\": \"%s\", \"object\": {\"number\": %d},"
                                + " \"valid\": {\"from\": \"2020-01-01T00:00:00Z\"},"
                                + " \"source\": \"crash\"}",
                        subject,
                        predicate,
                        value));
    }
}
