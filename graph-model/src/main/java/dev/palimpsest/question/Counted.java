package dev.palimpsest.question;

import dev.palimpsest.time.Bookmark;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How many rows there were, exactly, at one position.
///
/// @param groups the largest first; among equals by key
/// @param total how many rows passed; each once, whatever groups it belongs to
/// @param ungrouped how many of them belong to no group: a memory without a place has no cell
/// @param note what the asker should know about this answer, in a sentence
/// @param truncated whether there were more groups than wanted, or a walk met a limit
public record Counted(
        List<Group> groups,
        long total,
        long ungrouped,
        Bookmark bookmark,
        Duration took,
        Optional<String> note,
        boolean truncated) {

    public Counted {
        groups = List.copyOf(groups);
    }

    /// How many rows have a key: a day such as `2018-02-06`, a type, a geohash, a predicate.
    public record Group(String key, long count) {}
}
