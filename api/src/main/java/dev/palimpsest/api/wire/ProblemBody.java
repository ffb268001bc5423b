package dev.palimpsest.api.wire;

import dev.palimpsest.port.WriteResult.Refusal;
import org.jspecify.annotations.Nullable;

/// A problem as RFC 9457 writes it, with the field at fault and the rule it breaks.
///
/// @param field such as `fact.object.number`; absent if it is the whole request
/// @param rule what must hold, and what to do; absent if no rule of a field was broken
/// @param line which item of several, from 1
/// @param bookmark of what was written before the problem, if anything was
public record ProblemBody(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String field,
        @Nullable String rule,
        @Nullable Long line,
        @Nullable String bookmark) {

    public static ProblemBody of(ProblemKind kind, String detail) {
        return new ProblemBody(
                kind.type(), kind.title(), kind.status(), detail, null, null, null, null);
    }

    public static ProblemBody of(ProblemKind kind, String field, String rule) {
        return new ProblemBody(
                kind.type(),
                kind.title(),
                kind.status(),
                field.isEmpty() ? rule : field + ": " + rule,
                field.isEmpty() ? null : field,
                rule,
                null,
                null);
    }

    public static ProblemBody of(Refusal refusal) {
        var kind =
                switch (refusal.reason()) {
                    case INVALID -> ProblemKind.INVALID;
                    case CONFLICT -> ProblemKind.CONFLICT;
                    case NOT_FOUND -> ProblemKind.NOT_FOUND;
                    case FORGOTTEN -> ProblemKind.FORGOTTEN;
                    case NOT_TRIED -> ProblemKind.NOT_TRIED;
                };
        return of(kind, refusal.field(), refusal.rule());
    }

    /// This problem, told of one item of several.
    public ProblemBody atLine(long number) {
        return new ProblemBody(type, title, status, detail, field, rule, number, bookmark);
    }

    /// This problem, met after everything up to `written` was durable.
    public ProblemBody after(String written) {
        return new ProblemBody(type, title, status, detail, field, rule, line, written);
    }
}
