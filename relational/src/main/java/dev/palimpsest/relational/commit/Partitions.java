package dev.palimpsest.relational.commit;

import java.sql.Connection;
import java.sql.SQLException;

/// Makes the range partitions of the ledger's tables before they are needed.
public final class Partitions {

    private final Connection connection;
    private long last;

    public Partitions(Connection connection) throws SQLException {
        this.connection = connection;
        try (var query =
                        connection.prepareStatement(
                                """
                                select max(substring(child.relname from '[0-9]+$')::bigint)
                                from pg_inherits join pg_class child on child.oid = inhrelid
                                where inhparent = 'change'::regclass
                                """);
                var row = query.executeQuery()) {
            this.last = row.next() ? row.getLong(1) : -1;
        }
    }

    /// Sees to it that so many partitions lie ahead of the one that holds `position`. In a
    /// transaction of its own: it waits for nobody who reads.
    public void ensure(long position) throws SQLException {
        long wanted = position / Limits.PARTITION_POSITIONS + Limits.PARTITIONS_AHEAD;
        if (last >= wanted) {
            return;
        }
        try (var make = connection.prepareStatement("select make_ledger_partition(?)")) {
            for (long number = last + 1; number <= wanted; number++) {
                make.setLong(1, number);
                make.execute();
            }
        }
        connection.commit();
        last = wanted;
    }
}
