package dev.palimpsest.relational.commit;

import dev.palimpsest.port.WriteResult.Refusal;
import dev.palimpsest.port.WriteResult.Refusal.Reason;

/// An item is refused. Never leaves this package: it becomes an outcome.
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    private RefusedException(Refusal refusal) {
        super(refusal.rule(), null, false, false);
        this.refusal = refusal;
    }

    static RefusedException invalid(String field, String rule) {
        return new RefusedException(new Refusal(Reason.INVALID, field, rule));
    }

    static RefusedException conflict(String field, String rule) {
        return new RefusedException(new Refusal(Reason.CONFLICT, field, rule));
    }

    static RefusedException notFound(String field, String rule) {
        return new RefusedException(new Refusal(Reason.NOT_FOUND, field, rule));
    }

    /// The rule does not say the id: it is kept with answers.
    static RefusedException forgotten(String field, Tombstone.Kind kind) {
        return new RefusedException(
                new Refusal(
                        Reason.FORGOTTEN,
                        field,
                        "names "
                                + (kind == Tombstone.Kind.ENTITY ? "an " : "a ")
                                + kind.word()
                                + " that was forgotten and is not taken in again; leave it out, or"
                                + " lift that first with POST .../forget/lift or forget --lift"));
    }

    Refusal refusal() {
        return refusal;
    }
}
