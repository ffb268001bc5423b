package dev.palimpsest.relational;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.Tombstones;
import dev.palimpsest.relational.commit.Codes;
import dev.palimpsest.relational.commit.EmbeddingSql;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Position;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/// What was forgotten, in PostgreSQL.
public final class PgTombstones implements Tombstones {

    private static final String OF_SPACE =
            """
            select position, kind, id_sha256, reason, recorded, report, cleaned, lifted
            from forgotten
            where (space = (select no from space where id = ?)
                   or kind = 3 and id_sha256 = sha256(convert_to(?, 'UTF8')))
              and position > ?
            order by position limit ?
            """;

    /// A space that nobody can name any more is clean.
    private static final String REMAINDERS =
            """
            select s.id, f.position
            from forgotten f join space s on s.no = f.space and not starts_with(s.id, '#')
            where not f.cleaned order by f.position limit 1000
            """;

    /// Whether a transaction is open that may still see rows as they were before: then no vacuum
    /// removes them. A tombstone was written by the transaction that deleted its rows; transactions
    /// of other databases, and of this very connection, see nothing of it.
    private static final String SEEN =
            """
            select exists (
                select from forgotten f, (
                    select backend_xmin as oldest, datid from pg_stat_activity
                    where pid <> pg_backend_pid()
                    union all
                    select backend_xid, datid from pg_stat_activity where pid <> pg_backend_pid()
                    union all
                    select xmin, null from pg_replication_slots
                    union all
                    select p.transaction, d.oid
                    from pg_prepared_xacts p join pg_database d on d.datname = p.database
                ) open
                where f.position = any (?) and age(open.oldest) >= age(f.xmin)
                  and (open.datid is null or open.datid =
                       (select oid from pg_database where datname = current_database())))
            """;

    private static final String TEXTS =
            """
            select distinct sha256 from gone_text where position = any (?) order by sha256 limit 1000
            """;

    private static final String TEXTS_GONE =
            "delete from gone_text where position = any (?) and sha256 = any (?)";

    /// From then on nobody can tell how the space was called.
    private static final String NAMELESS =
            """
            update space set id = '#' || no
            where forgotten
              and no in (select space from forgotten where position = any (?) and kind = 3)
            """;

    /// A projection that did not see them is built again.
    private static final String ROWS_GONE = "delete from gone_row where position = any (?)";

    private static final String CLEANED =
            """
            update forgotten set cleaned = true
            where not cleaned and (position = any (?)
                                   or space in (select no from space where starts_with(id, '#')))
            """;

    /// What rows are deleted from; their dead rows are removed, and the room is used again.
    private static final List<String> SWEPT =
            List.of(
                    "assertion",
                    "fact_version",
                    "profile",
                    "memory",
                    "entity",
                    "source",
                    "predicate",
                    "idempotency",
                    "embedding");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DataSource source;
    private final Reads reads;

    public PgTombstones(DataSource source) {
        this.source = source;
        this.reads = new Reads(source);
    }

    @Override
    public List<Tombstone> of(SpaceId space, Position after, int limit) {
        return reads.list(
                "read what was forgotten",
                OF_SPACE,
                PgTombstones::tombstone,
                space.value(),
                space.value(),
                after.number(),
                limit);
    }

    private static Tombstone tombstone(ResultSet row) throws SQLException {
        var lifted = Columns.number(row, "lifted");
        return new Tombstone(
                new Position(row.getLong("position")),
                Codes.forgottenKind(row.getInt("kind")),
                HexFormat.of().formatHex(row.getBytes("id_sha256")),
                row.getString("reason"),
                Moments.fromMicros(row.getLong("recorded")),
                counts(row.getString("report")),
                row.getBoolean("cleaned"),
                lifted.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Moments.fromMicros(lifted.getAsLong())));
    }

    private static Map<String, Long> counts(String report) {
        try {
            return JSON.readValue(report, new TypeReference<Map<String, Long>>() {});
        } catch (JsonProcessingException e) {
            throw new StoreException.Corrupt("the report of a forgetting cannot be read", e);
        }
    }

    @Override
    public List<Remainder> remainders() {
        return reads.list(
                "read what is to be cleaned away",
                REMAINDERS,
                row -> new Remainder(new SpaceId(row.getString(1)), new Position(row.getLong(2))));
    }

    /// Where it is cut short, all of it is to be done again: names and marks go in one transaction,
    /// the last.
    @Override
    public boolean clean(List<Remainder> remainders) {
        var positions =
                remainders.stream().map(one -> one.position().number()).toArray(Long[]::new);
        try (var connection = source.getConnection()) {
            deleteTexts(connection, positions);
            if (isSeen(connection, positions)) {
                return false;
            }
            for (var table : SWEPT) {
                vacuum(connection, table);
            }
            connection.setAutoCommit(false);
            Sql.update(connection, NAMELESS, (Object) positions);
            Sql.update(connection, ROWS_GONE, (Object) positions);
            Sql.update(connection, CLEANED, (Object) positions);
            connection.commit();
            connection.setAutoCommit(true);
            vacuum(connection, "space");
            return true;
        } catch (SQLException e) {
            throw SqlFailure.of("clean away what was forgotten", e);
        }
    }

    private static void deleteTexts(Connection connection, Long[] positions) throws SQLException {
        for (var hashes = texts(connection, positions);
                hashes.length > 0;
                hashes = texts(connection, positions)) {
            Sql.update(connection, EmbeddingSql.DELETE, (Object) hashes);
            Sql.update(connection, TEXTS_GONE, positions, hashes);
        }
    }

    private static byte[][] texts(Connection connection, Long[] positions) throws SQLException {
        return Sql.list(connection, TEXTS, row -> row.getBytes(1), (Object) positions)
                .toArray(byte[][]::new);
    }

    private static boolean isSeen(Connection connection, Long[] positions) throws SQLException {
        return Sql.list(connection, SEEN, row -> row.getBoolean(1), (Object) positions).getFirst();
    }

    private static void vacuum(Connection connection, String table) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("vacuum " + table);
        }
    }
}
