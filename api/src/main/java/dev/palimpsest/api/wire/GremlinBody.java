package dev.palimpsest.api.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a traversal found.
///
/// @param values made of what JSON is made of: maps with text keys, lists, texts, numbers,
///   booleans; null where the traversal gave null
/// @param truncated whether there was more than is allowed
/// @param note what the asker should know about this answer; absent if nothing
public record GremlinBody(
        List<@Nullable Object> values, boolean truncated, @Nullable String note) {}
