package dev.palimpsest.api.wire;

import org.jspecify.annotations.Nullable;

/// A question in Gremlin.
///
/// @param gremlin a traversal from `g` on
/// @param at only what holds at this moment; absent for what holds now
/// @param knownAt as it was known then; absent for now
public record GremlinQuestionBody(String gremlin, @Nullable String at, @Nullable String knownAt) {}
