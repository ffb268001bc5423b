package dev.palimpsest.relational.archive;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Gives a space's rows new numbers, dense and in the old order: those of `arriving_<table>`, in
/// tables that go with the transaction.
final class Numbering {

    /// Changes of rows that are there: of what was forgotten nothing is told.
    private static final String CHANGES =
            """
            create temp table numbered_change on commit drop as
            select c.*, n.new as number
            from arriving_change c join numbered_node n
              on n.old = ('x' || right(replace(c.row_id::text, '-', ''), 16))::bit(64)::bigint
            where c.kind = 0
            union all
            select c.*, n.new
            from arriving_change c join numbered_predicate n
              on n.old = ('x' || right(replace(c.row_id::text, '-', ''), 16))::bit(64)::bigint
            where c.kind = 1
            union all
            select c.*, n.new
            from arriving_change c join numbered_source n
              on n.old = ('x' || right(replace(c.row_id::text, '-', ''), 16))::bit(64)::bigint
            where c.kind = 6
            union all
            select c.*, 0 from arriving_change c
            where c.kind = 7
              and exists (select from arriving_forgotten f where f.position = c.position)
            """;

    private static final String CHANGES_OF_ROWS =
            """
            union all
            select c.*, 0 from arriving_change c
            where c.kind = %1$d
              and exists (select from arriving_%2$s r
                          where r.from_position = c.row_position and r.%3$s = c.row_id)
            """;

    private final Connection connection;

    Numbering(Connection connection) {
        this.connection = connection;
    }

    /// What positions and nodes are counted from.
    record Base(int space, UUID epoch, long position, long node) {
        static final Base NONE = new Base(1, new UUID(0, 0), 0, 0);
    }

    /// Numbers all rows.
    ///
    /// @param fresh how a new number of a predicate or source is made: by the order of the old
    ///   ones, or from the sequence of the ledger
    void number(Fresh fresh) throws SQLException {
        rank(
                "node",
                "select node as old from arriving_entity union all select node from arriving_memory");
        for (var table : List.of("predicate", "source")) {
            make(
                    table,
                    "select old, "
                            + fresh.of(table)
                            + "::bigint from (select no as old from arriving_"
                            + table
                            + " order by no) r");
        }
        changes();
        rank("position", positions());
        Statements.run(
                connection,
                "create temp table numbered_base (space int, epoch uuid, position bigint, node"
                        + " bigint) on commit drop");
    }

    /// How a number is made.
    enum Fresh {
        DENSE,
        OF_THE_LEDGER;

        private String of(String table) {
            return switch (this) {
                case DENSE -> "row_number() over (order by old)";
                case OF_THE_LEDGER -> "nextval(pg_get_serial_sequence('" + table + "', 'no'))";
            };
        }
    }

    private void changes() throws SQLException {
        Statements.run(
                connection,
                CHANGES
                        + CHANGES_OF_ROWS.formatted(2, "assertion", "id")
                        + CHANGES_OF_ROWS.formatted(3, "fact_version", "id")
                        + CHANGES_OF_ROWS.formatted(4, "profile", "id")
                        + CHANGES_OF_ROWS.formatted(5, "memory", "row_id"));
        Statements.run(connection, "analyze numbered_change");
    }

    private static String positions() {
        var all = new StringBuilder();
        for (var table : LedgerTables.OF_A_SPACE) {
            for (var column : Numbered.COLUMNS.getOrDefault(table, Map.of()).entrySet()) {
                if (column.getValue() == Numbered.POSITION || column.getValue() == Numbered.END) {
                    all.append(all.isEmpty() ? "" : " union all ")
                            .append(
                                    "select %1$s as old from %2$s where %1$s < 9223372036854775807"
                                            .formatted(
                                                    column.getKey(),
                                                    table.equals("change")
                                                            ? "numbered_change"
                                                            : "arriving_" + table));
                }
            }
        }
        return all.toString();
    }

    private void rank(String what, String all) throws SQLException {
        make(
                what,
                "select old, row_number() over (order by old) from (select distinct old from ("
                        + all
                        + ") a) r");
    }

    private void make(String what, String select) throws SQLException {
        Statements.run(
                connection,
                "create temp table numbered_"
                        + what
                        + " (old bigint primary key, new bigint not null) on commit drop");
        Statements.run(connection, "insert into numbered_" + what + " " + select);
        Statements.run(connection, "analyze numbered_" + what);
    }

    /// Whether something refers to what is not among the rows.
    boolean isTorn() throws SQLException {
        for (var table : LedgerTables.OF_A_SPACE) {
            for (var column : Numbered.COLUMNS.getOrDefault(table, Map.of()).entrySet()) {
                if (isTorn(table, column.getKey(), column.getValue())) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isTorn(String table, String column, Numbered how) throws SQLException {
        return switch (how) {
            case NODE -> isTorn("numbered_node", column, "arriving_" + table);
            case PREDICATE -> isTorn("numbered_predicate", column, "arriving_" + table);
            case SOURCE -> isTorn("numbered_source", column, "arriving_" + table);
            case NODES ->
                    isTorn(
                            "numbered_node",
                            column,
                            "(select unnest("
                                    + column
                                    + ") as "
                                    + column
                                    + " from arriving_"
                                    + table
                                    + ")");
            case SPACE, POSITION, END, ROW, ANSWER -> false;
        };
    }

    private boolean isTorn(String numbers, String column, String rows) throws SQLException {
        return Statements.finds(
                connection,
                "select from %1$s t left join %2$s n on n.old = t.%3$s where t.%3$s is not null and n.old is null"
                        .formatted(rows, numbers, column));
    }

    /// From now on [#select] counts from `base`.
    void countFrom(Base base) throws SQLException {
        Statements.run(connection, "delete from numbered_base");
        Statements.run(
                connection,
                "insert into numbered_base values (?, ?, ?, ?)",
                base.space(),
                base.epoch(),
                base.position(),
                base.node());
    }

    /// How many positions there are.
    long positionCount() throws SQLException {
        return Statements.number(connection, "select count(*) from numbered_position");
    }

    long nodeCount() throws SQLException {
        return Statements.number(connection, "select count(*) from numbered_node");
    }

    /// The last time at which anything was recorded.
    long lastRecorded() throws SQLException {
        return Statements.number(
                connection,
                "select coalesce(max(recorded), -9223372036854775808) from numbered_change");
    }

    /// The rows of a table under their new numbers, in order.
    String select(String table) throws SQLException {
        return Numbered.select(table, Statements.columns(connection, table));
    }
}
