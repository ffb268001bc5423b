package dev.palimpsest.relational;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palimpsest.model.Sha256;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Audit;
import dev.palimpsest.time.Moments;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The audit log in PostgreSQL.
public final class PgAudit implements Audit {

    private static final int ROWS_AT_ONCE = 1_000;

    private static final String ALONE = "lock table audit in share row exclusive mode";

    private static final String LAST = "select * from audit order by no desc limit 1";

    private static final String ADD =
            """
            insert into audit
                (no, moment, who, name, method, route, space, status, items, previous, sha256)
            select * from unnest(
                ?::int8[], ?::int8[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                ?::int4[], ?::int8[], ?::bytea[], ?::bytea[])
            """;

    private static final String AFTER = "select * from audit where no > ? order by no limit ?";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DataSource source;
    private final Reads reads;

    public PgAudit(DataSource source) {
        this.source = source;
        this.reads = new Reads(source);
    }

    @Override
    public void append(List<Entry> entries) {
        try (var connection = source.getConnection()) {
            connection.setAutoCommit(false);
            append(connection, entries);
            connection.commit();
        } catch (SQLException e) {
            throw SqlFailure.whileWriting(e);
        }
    }

    private static void append(Connection connection, List<Entry> entries) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(ALONE);
        }
        var last = Sql.list(connection, LAST, PgAudit::row).stream().findFirst();
        add(
                connection,
                chained(
                        last.map(Row::no).orElse(0L),
                        last.map(Row::sha256).orElse(NOTHING_BEFORE),
                        entries));
    }

    /// Numbers entries on from `no`, each with the hash of the one before it.
    private static List<Row> chained(long no, String previous, List<Entry> entries) {
        List<Row> rows = new ArrayList<>(entries.size());
        for (var entry : entries) {
            no++;
            var hash = hash(no, entry, previous);
            rows.add(new Row(no, entry, previous, hash));
            previous = hash;
        }
        return rows;
    }

    /// One statement for all: who writes much is written down as often.
    private static void add(Connection connection, List<Row> rows) throws SQLException {
        Sql.update(
                connection,
                ADD,
                column(rows, Long[]::new, Row::no),
                column(rows, Long[]::new, row -> Moments.toMicros(row.entry().moment())),
                column(rows, String[]::new, row -> row.entry().who()),
                column(rows, String[]::new, row -> row.entry().name()),
                column(rows, String[]::new, row -> row.entry().method()),
                column(rows, String[]::new, row -> row.entry().route()),
                column(
                        rows,
                        String[]::new,
                        row -> row.entry().space().map(SpaceId::value).orElse(null)),
                column(rows, Integer[]::new, row -> row.entry().status()),
                column(rows, Long[]::new, row -> row.entry().items()),
                column(rows, byte[][]::new, row -> HexFormat.of().parseHex(row.previous())),
                column(rows, byte[][]::new, row -> HexFormat.of().parseHex(row.sha256())));
    }

    private static <T> Object column(
            List<Row> rows, IntFunction<T[]> array, Function<Row, @Nullable T> cell) {
        var column = array.apply(rows.size());
        for (int i = 0; i < column.length; i++) {
            column[i] = cell.apply(rows.get(i));
        }
        return column;
    }

    @Override
    public List<Row> after(long no, int limit) {
        return reads.list("read the audit log", AFTER, PgAudit::row, no, limit);
    }

    @Override
    public Verified verify() {
        long rows = 0;
        var head = NOTHING_BEFORE;
        for (var page = after(0, ROWS_AT_ONCE); !page.isEmpty(); page = after(rows, ROWS_AT_ONCE)) {
            for (var row : page) {
                if (row.no() != rows + 1) {
                    return new Verified(rows, head, Optional.of("row " + (rows + 1) + " is gone"));
                }
                if (!row.previous().equals(head)
                        || !row.sha256().equals(hash(row.no(), row.entry(), head))) {
                    return new Verified(
                            rows, head, Optional.of("row " + row.no() + " was changed"));
                }
                rows++;
                head = row.sha256();
            }
        }
        return new Verified(rows, head, Optional.empty());
    }

    private static String hash(long no, Entry entry, String previous) {
        var all =
                JSON.createArrayNode()
                        .add(no)
                        .add(Moments.toMicros(entry.moment()))
                        .add(entry.who())
                        .add(entry.name())
                        .add(entry.method())
                        .add(entry.route())
                        .add(entry.space().map(SpaceId::value).orElse(null))
                        .add(entry.status())
                        .add(entry.items())
                        .add(previous);
        try {
            return Sha256.hex(JSON.writeValueAsString(all));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("no"),
                new Entry(
                        Moments.fromMicros(row.getLong("moment")),
                        row.getString("who"),
                        row.getString("name"),
                        row.getString("method"),
                        row.getString("route"),
                        Columns.text(row, "space").map(SpaceId::new),
                        row.getInt("status"),
                        row.getLong("items")),
                HexFormat.of().formatHex(row.getBytes("previous")),
                HexFormat.of().formatHex(row.getBytes("sha256")));
    }
}
