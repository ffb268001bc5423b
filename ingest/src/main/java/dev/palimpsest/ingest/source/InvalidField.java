package dev.palimpsest.ingest.source;

import dev.palimpsest.port.WriteResult.Refusal;
import dev.palimpsest.port.WriteResult.Refusal.Reason;

/// A field of what came in breaks a rule.
public final class InvalidField extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String rule;

    /// @param field the path to it, such as `fact.object.number`; empty if it is the whole
    /// @param rule what must hold, in words that follow the field's name
    public InvalidField(String field, String rule) {
        super(field.isEmpty() ? rule : field + " " + rule);
        this.field = field;
        this.rule = rule;
    }

    public String field() {
        return field;
    }

    public String rule() {
        return rule;
    }

    public Refusal refusal() {
        return new Refusal(Reason.INVALID, field, rule);
    }
}
