package dev.palimpsest.api.access;

import dev.palimpsest.model.Scope;

/// Somebody was not let in.
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean isKnown;

    private Refused(boolean isKnown, String message) {
        super(message);
        this.isKnown = isKnown;
    }

    /// Missing, unknown, expired and revoked keys are told the same, so that nothing is learned; so
    /// are tokens.
    public static Refused unknown() {
        return new Refused(
                false,
                "a valid key is needed: send it as `Authorization: Bearer pal_...`; it is made with"
                        + " palimpsest keys create");
    }

    static Refused lacks(Scope scope, String where) {
        return new Refused(true, "this key lacks the scope " + scope.word() + " for " + where);
    }

    /// Whether it is known who asks.
    public boolean isKnown() {
        return isKnown;
    }
}
