package dev.palimpsest.relational;

import dev.palimpsest.port.ChangeFeed.Batch;
import dev.palimpsest.port.Row;
import dev.palimpsest.time.Position;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The end of the change list, read once for all who follow: they ask for the same, one shortly
/// after the other, and each by itself they were much of what the database did. Safe for use by
/// many threads.
///
/// Nothing is kept of a stretch in which something was forgotten, nor of what came before it.
final class RecentChanges {

    static final int MOST_CHANGES = 60_000;
    static final long MOST_CHARACTERS = 16_000_000;
    static final Duration KEPT = Duration.ofSeconds(10);

    private final Deque<Stretch> stretches = new ArrayDeque<>();

    /// What was read at once.
    ///
    /// @param touched all changes after one position and up to another
    /// @param images of the rows touched, and of others that look different because of them
    /// @param characters of the memories in it
    /// @param read when, in nanoseconds of [System#nanoTime]
    record Stretch(
            UUID epoch,
            Position after,
            Position upTo,
            List<Touched> touched,
            Map<RowKey, Image> images,
            long characters,
            long read) {

        static Stretch of(
                UUID epoch,
                Position after,
                Position upTo,
                List<Touched> touched,
                Map<RowKey, Image> images,
                long read) {
            return new Stretch(epoch, after, upTo, touched, images, charactersOf(images), read);
        }

        private static long charactersOf(Map<RowKey, Image> images) {
            return images.values().stream()
                    .mapToLong(image ->
                            image.row() instanceof Row.OfMemory memory
                                    ? memory.memory().text().length()
                                    : 0)
                    .sum();
        }
    }

    /// A row, and a position that touched it.
    record Touched(long position, RowKey key) {

        /// The first of them, about so many: whole positions, at least one if there is any.
        static List<Touched> first(List<Touched> touched, int limit) {
            if (touched.size() <= limit) {
                return touched;
            }
            long one = touched.getFirst().position;
            long cut = Math.max(touched.get(limit).position, one + 1);
            return touched.stream().takeWhile(row -> row.position < cut).toList();
        }
    }

    /// What is kept after a position, about `limit` changes of it; empty if nothing is.
    synchronized Optional<Batch> since(UUID epoch, Position after, int limit) {
        dropOld(epoch);
        if (!holds(after)) {
            return Optional.empty();
        }
        var upTo = after;
        int taken = 0;
        Map<RowKey, Row> rows = new LinkedHashMap<>();
        for (var stretch : stretches) {
            if (!after.isBefore(stretch.upTo)) {
                continue;
            }
            var left =
                    stretch.touched.stream().filter(row -> row.position > after.number()).toList();
            if (taken > 0 && taken + left.size() > limit) {
                break;
            }
            var part = Touched.first(left, limit);
            taken += part.size();
            boolean whole = part.size() == left.size();
            upTo = whole ? stretch.upTo : new Position(part.getLast().position);
            addTouched(stretch, part, rows);
            addSupported(stretch, after, upTo, rows);
            if (!whole) {
                break;
            }
        }
        return Optional.of(new Batch(upTo, List.of(), List.copyOf(rows.values())));
    }

    /// Whether `after` lies before all that is kept, so that the others need not wait for what is
    /// read there.
    synchronized boolean isBehind(Position after) {
        return !stretches.isEmpty() && after.isBefore(stretches.getFirst().after);
    }

    /// Keeps a stretch, if it is not too large; drops what it does not follow on.
    synchronized void keep(Stretch stretch) {
        if (!stretches.isEmpty() && !stretches.getLast().upTo.equals(stretch.after)) {
            stretches.clear();
        }
        stretches.add(stretch);
        long changes = 0;
        long characters = 0;
        for (var one : stretches) {
            changes += one.touched.size();
            characters += one.characters;
        }
        while (changes > MOST_CHANGES || characters > MOST_CHARACTERS) {
            var first = stretches.removeFirst();
            changes -= first.touched.size();
            characters -= first.characters;
        }
    }

    synchronized void clear() {
        stretches.clear();
    }

    /// Drops what was read long ago, or in another epoch.
    synchronized void dropOld(UUID epoch) {
        long oldest = System.nanoTime() - KEPT.toNanos();
        while (!stretches.isEmpty()
                && (stretches.getFirst().read < oldest
                        || !stretches.getFirst().epoch.equals(epoch))) {
            stretches.removeFirst();
        }
    }

    private boolean holds(Position after) {
        return !stretches.isEmpty()
                && !after.isBefore(stretches.getFirst().after)
                && after.isBefore(stretches.getLast().upTo);
    }

    /// Adds images of what was touched in the order it first was, each the newest.
    private static void addTouched(Stretch stretch, List<Touched> part, Map<RowKey, Row> rows) {
        for (var row : part) {
            var image = stretch.images.get(row.key);
            if (image != null) {
                rows.put(row.key, image.row());
            }
        }
    }

    /// Adds versions made by `upTo` that look different because of what was said after `after`:
    /// such as were touched by nothing else since. Some may look so only later.
    private static void addSupported(
            Stretch stretch, Position after, Position upTo, Map<RowKey, Row> rows) {
        stretch.images.forEach((key, image) -> {
            if (image.lastSaid() > after.number() && key.position() <= upTo.number()) {
                rows.put(key, image.row());
            }
        });
    }
}
