package dev.palimpsest.api.wire;

import org.jspecify.annotations.Nullable;

/// What is to be forgotten, or taken in again: one of `entity`, `memory`, `source` and
/// `everything`.
///
/// @param everything true, or absent
/// @param reason why; it is kept
/// @param dryRun true to be told only what would be touched, or absent
public record ForgetBody(
        @Nullable String entity,
        @Nullable String memory,
        @Nullable String source,
        @Nullable Boolean everything,
        String reason,
        @Nullable Boolean dryRun) {

    public static ForgetBody entity(String id, String reason) {
        return new ForgetBody(id, null, null, null, reason, null);
    }

    public static ForgetBody memory(String id, String reason) {
        return new ForgetBody(null, id, null, null, reason, null);
    }

    public static ForgetBody source(String id, String reason) {
        return new ForgetBody(null, null, id, null, reason, null);
    }

    /// The space with all that is in it.
    public static ForgetBody everything(String reason) {
        return new ForgetBody(null, null, null, true, reason, null);
    }

    /// The same, only to be told what it would touch.
    public ForgetBody asDryRun() {
        return new ForgetBody(entity, memory, source, everything, reason, true);
    }
}
