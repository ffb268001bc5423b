package dev.palimpsest.relational;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.Tombstones;
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

    private static final List<String> KINDS = List.of("entity", "memory", "source", "space");

    private static final String OF_SPACE =
            """
            select position, kind, id_sha256, reason, recorded, report, cleaned, lifted
            from forgotten
            where (space = (select no from space where id = ?)
                   or kind = 3 and id_sha256 = sha256(convert_to(?, 'UTF8')))
              and position > ?
            order by position limit ?
            """;

    private static final String REMAINDERS =
            """
            select s.id, f.position from forgotten f join space s on s.no = f.space
            where not f.cleaned order by f.position limit 1000
            """;

    private static final String TEXTS =
            "select sha256 from gone_text where position = ? order by sha256 limit 1000";

    private static final String TEXTS_GONE =
            "delete from gone_text where position = ? and sha256 = any (?)";

    /// From then on nobody can tell how the space was called.
    private static final String NAMELESS =
            """
            update space set id = '#' || no
            where forgotten and no in (select space from forgotten where position = ? and kind = 3)
            """;

    private static final String CLEANED = "update forgotten set cleaned = true where position = ?";

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
                    "embedding",
                    "space");

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
                KINDS.get(row.getInt("kind")),
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

    @Override
    public void clean(Remainder remainder) {
        long position = remainder.position().number();
        try (var connection = source.getConnection()) {
            for (var hashes = texts(connection, position);
                    hashes.length > 0;
                    hashes = texts(connection, position)) {
                Sql.update(connection, EmbeddingSql.DELETE, (Object) hashes);
                Sql.update(connection, TEXTS_GONE, position, hashes);
            }
            Sql.update(connection, NAMELESS, position);
            for (var table : SWEPT) {
                try (var statement = connection.createStatement()) {
                    statement.execute("vacuum " + table);
                }
            }
            Sql.update(connection, CLEANED, position);
        } catch (SQLException e) {
            throw SqlFailure.of("clean away what was forgotten", e);
        }
    }

    private static byte[][] texts(Connection connection, long position) throws SQLException {
        return Sql.list(connection, TEXTS, row -> row.getBytes(1), position).toArray(byte[][]::new);
    }
}
