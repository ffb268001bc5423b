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
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/// The audit log in PostgreSQL.
public final class PgAudit implements Audit {

    private static final int ROWS_AT_ONCE = 1_000;

    private static final String ALONE = "lock table audit in share row exclusive mode";

    private static final String LAST = "select * from audit order by no desc limit 1";

    private static final String ADD =
            """
            insert into audit
                (no, moment, who, name, method, route, space, status, items, previous, sha256)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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
        long no = last.map(Row::no).orElse(0L);
        var previous = last.map(Row::sha256).orElse(NOTHING_BEFORE);
        for (var entry : entries) {
            no++;
            var hash = hash(no, entry, previous);
            Sql.update(
                    connection,
                    ADD,
                    no,
                    Moments.toMicros(entry.moment()),
                    entry.who(),
                    entry.name(),
                    entry.method(),
                    entry.route(),
                    entry.space().map(SpaceId::value),
                    entry.status(),
                    entry.items(),
                    HexFormat.of().parseHex(previous),
                    HexFormat.of().parseHex(hash));
            previous = hash;
        }
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
