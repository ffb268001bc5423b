package dev.palimpsest.api.wire;

import org.jspecify.annotations.Nullable;

/// A piece of an import that was refused, and why.
///
/// @param line its number, from 1
/// @param field the one at fault; absent if it is the whole piece
/// @param text the piece, or its beginning; absent if it has none or was forgotten
public record RejectedBody(long line, @Nullable String field, String rule, @Nullable String text) {}
