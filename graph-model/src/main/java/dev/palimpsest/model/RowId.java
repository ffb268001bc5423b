package dev.palimpsest.model;

import dev.palimpsest.time.Position;
import dev.palimpsest.time.Stamp;
import java.util.UUID;

/// The name of one row of the ledger - an assertion, a fact version, a profile, a memory - as a
/// UUID of version 7: it sorts by recorded time.
public record RowId(UUID value) {

    /// The id of the `ordinal`-th row made at `stamp`: made from the two, so that it is the same
    /// however often it is made, and unique in the ledger.
    ///
    /// Layout: 48 bits of milliseconds, version, the low 12 bits of the ordinal; variant, the high
    /// 14 bits of the ordinal, 48 bits of position.
    public static RowId of(Stamp stamp, int ordinal) {
        Position position = stamp.position();
        if (ordinal < 0 || ordinal >= 1 << 26 || position.number() >= 1L << 48) {
            throw new IllegalArgumentException("too many rows: " + stamp + ", " + ordinal);
        }
        long high = (stamp.at().toEpochMilli() << 16) | 0x7000L | (ordinal & 0xFFFL);
        long low = 0x8000_0000_0000_0000L | ((long) (ordinal >>> 12) << 48) | position.number();
        return new RowId(new UUID(high, low));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
