package dev.palimpsest.api.wire;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Audit;
import org.jspecify.annotations.Nullable;

/// A row of the audit log.
///
/// @param who the id of a key, the issuer and subject of a token, `local`, or `nobody`
/// @param items how many were written; of `nobody`, how many requests were refused
public record AuditBody(
        long no,
        String moment,
        String who,
        String name,
        String method,
        String route,
        @Nullable String space,
        int status,
        long items,
        String previous,
        String sha256) {

    /// What verifying found.
    ///
    /// @param rows that are as they were written, from the first on
    /// @param head the hash of the last of them
    /// @param flaw what is wrong after them; absent if nothing is
    public record VerifiedBody(long rows, String head, @Nullable String flaw) {

        public static VerifiedBody of(Audit.Verified verified) {
            return new VerifiedBody(verified.rows(), verified.head(), verified.flaw().orElse(null));
        }
    }

    public static AuditBody of(Audit.Row row) {
        var entry = row.entry();
        return new AuditBody(
                row.no(),
                entry.moment().toString(),
                entry.who(),
                entry.name(),
                entry.method(),
                entry.route(),
                entry.space().map(SpaceId::value).orElse(null),
                entry.status(),
                entry.items(),
                row.previous(),
                row.sha256());
    }
}
