package dev.palimpsest.relational;

import java.util.UUID;

/// Where a row of the ledger is, as the change list has it.
///
/// @param id the row's own; for entity, predicate and source its number in the low half
/// @param position the position at which the row was recorded: its partition; 0 for those that have
///   a number
record RowKey(RowKind kind, UUID id, long position) {

    RowKey {
        if (kind.isNumbered()) {
            position = 0;
        }
    }

    /// As any record's, written out: what Java makes of it at run time took, in a process just
    /// started, a tenth of the samples of a profile under load.
    @Override
    public boolean equals(Object other) {
        return other instanceof RowKey(var ofKind, var ofId, long at)
                && kind == ofKind
                && position == at
                && id.equals(ofId);
    }

    @Override
    public int hashCode() {
        return 31 * id.hashCode() + Long.hashCode(position);
    }

    /// The number of an entity, predicate or source.
    long number() {
        return id.getLeastSignificantBits();
    }

    /// The key of a row that has a number instead of an id.
    static RowKey ofNumber(RowKind kind, long number) {
        return new RowKey(kind, new UUID(0, number), 0);
    }
}
