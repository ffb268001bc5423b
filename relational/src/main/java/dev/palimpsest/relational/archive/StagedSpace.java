package dev.palimpsest.relational.archive;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.relational.archive.Numbering.Base;
import dev.palimpsest.relational.commit.Arrival;
import dev.palimpsest.relational.commit.Head;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// A space whose rows wait in temporary tables, numbered but for what they are counted from.
final class StagedSpace implements Arrival {

    /// Within a space recorded times rise with positions.
    private static final String OUT_OF_ORDER =
            """
            select from (select position, recorded,
                                lag(position) over w as before, lag(recorded) over w as last
                         from numbered_change window w as (order by position, ordinal)) c
            where recorded < last or (recorded = last) <> (position = before)
            """;

    /// Rows are found by these ids in all spaces.
    private static final List<String> CLASHES =
            List.of(
                    "select from arriving_fact_version a join fact_version r on r.id = a.id",
                    "select from arriving_profile a join profile r on r.id = a.id",
                    "select from arriving_memory a join memory r on r.row_id = a.row_id",
                    "select from arriving_assertion a join assertion r on r.fact = a.fact");

    /// What stands in the space although its tombstone does.
    private static final String FORGOTTEN =
            """
            select from forgotten f
            where f.space = ? and f.lifted is null and (
                f.kind = 0 and f.id_sha256 in
                    (select sha256(convert_to(id, 'UTF8')) from arriving_entity)
                or f.kind = 1 and f.id_sha256 in
                    (select sha256(convert_to(id, 'UTF8')) from arriving_memory
                     union all
                     select sha256(convert_to(evidence_memory, 'UTF8')) from arriving_assertion
                     where evidence_memory is not null)
                or f.kind = 2 and f.id_sha256 in
                    (select sha256(convert_to(id, 'UTF8')) from arriving_source))
            """;

    private final Connection connection;
    private final Numbering numbering;
    private final SpaceId space;
    private final long positions;
    private final long nodes;
    private final long lastRecorded;

    private StagedSpace(
            Connection connection,
            Numbering numbering,
            SpaceId space,
            long positions,
            long nodes,
            long lastRecorded) {
        this.connection = connection;
        this.numbering = numbering;
        this.space = space;
        this.positions = positions;
        this.nodes = nodes;
        this.lastRecorded = lastRecorded;
    }

    /// @param now in microseconds
    /// @throws ArchiveException if the rows are no space, or from the future
    static StagedSpace of(Connection connection, Numbering numbering, long now)
            throws SQLException {
        if (numbering.isTorn() || Statements.finds(connection, OUT_OF_ORDER)) {
            throw damaged("its rows do not fit together");
        }
        long lastRecorded = numbering.lastRecorded();
        if (lastRecorded > now) {
            throw new ArchiveException(
                    "something in it was recorded later than it is here now: set this machine's"
                            + " clock right, or wait");
        }
        return new StagedSpace(
                connection,
                numbering,
                named(connection),
                numbering.positionCount(),
                numbering.nodeCount(),
                lastRecorded);
    }

    private static SpaceId named(Connection connection) throws SQLException {
        try (var query =
                        connection.prepareStatement(
                                "select id, count(*) over () from arriving_space where not forgotten");
                var row = query.executeQuery()) {
            if (row.next() && row.getInt(2) == 1) {
                return new SpaceId(row.getString(1));
            }
            throw damaged("it is not of one space");
        } catch (IllegalArgumentException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
    }

    static ArchiveException damaged(String why) {
        return new ArchiveException("it is damaged (" + why + "); use another backup");
    }

    @Override
    public SpaceId space() {
        return space;
    }

    @Override
    public long positions() {
        return positions;
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public Head land(Head head, int no) throws SQLException {
        for (var clash : CLASHES) {
            if (Statements.finds(connection, clash)) {
                throw new StoreException.Conflict(
                        "it has rows with the ids of rows in another space here: both were loaded"
                                + " from the same data at the same positions; load those data anew");
            }
        }
        numbering.countFrom(new Base(no, head.epoch(), head.position(), head.node()));
        Statements.run(
                connection,
                "update space set strict = (select strict from arriving_space) where no = ?",
                no);
        for (var table : LedgerTables.OF_A_SPACE) {
            if (!table.equals("space")) {
                insert(table);
            }
        }
        if (Statements.finds(connection, FORGOTTEN, no)) {
            throw new StoreException.Forgotten(
                    "it has something that was forgotten in a space of this name here, and that is"
                            + " not taken in again, unless that is lifted with POST .../forget/lift or forget --lift");
        }
        return new Head(
                head.epoch(),
                head.position() + positions,
                Math.max(head.recorded(), lastRecorded),
                head.node() + nodes);
    }

    /// What was forgotten is told to be cleaned once more: whoever follows would take it for
    /// something it has missed.
    private void insert(String table) throws SQLException {
        var columns = Statements.columns(connection, table);
        Statements.run(
                connection,
                "insert into %s (%s) overriding system value %s%s"
                        .formatted(
                                table,
                                String.join(
                                        ", ", columns.stream().map(Statements::quoted).toList()),
                                numbering.select(table),
                                table.equals("forgotten") ? " on conflict do nothing" : ""));
        if (table.equals("forgotten")) {
            Statements.run(
                    connection,
                    "update forgotten set cleaned = false where space = (select space from numbered_base) and position > (select position from numbered_base)");
        }
    }
}
