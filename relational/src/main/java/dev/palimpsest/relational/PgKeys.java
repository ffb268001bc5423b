package dev.palimpsest.relational;

import dev.palimpsest.model.Key;
import dev.palimpsest.model.Key.Reach;
import dev.palimpsest.model.KeyName;
import dev.palimpsest.model.Scope;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Keys;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Moments;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/// Keys in PostgreSQL.
public final class PgKeys implements Keys {

    private static final String COLUMNS =
            "id, name, sha256, scopes, spaces, created, expires, revoked, requests_per_minute";

    private static final String ADD =
            """
            insert into access_key
                (id, name, sha256, scopes, spaces, created, expires, requests_per_minute)
            values (?, ?, ?, ?, case when ? then null else ?::text[] end, ?, ?, ?)
            on conflict do nothing
            """;

    private static final String ALL = "select " + COLUMNS + " from access_key order by created, id";

    private static final String REVOKE =
            "update access_key set revoked = coalesce(revoked, ?) where id = ? returning "
                    + COLUMNS;

    private final DataSource source;
    private final Reads reads;

    public PgKeys(DataSource source) {
        this.source = source;
        this.reads = new Reads(source);
    }

    @Override
    public void add(Key key, String sha256) {
        var spaces =
                switch (key.reach()) {
                    case Reach.Everywhere _ -> new String[0];
                    case Reach.Within(var named) ->
                            named.stream().map(SpaceId::value).sorted().toArray(String[]::new);
                };
        try (var connection = source.getConnection()) {
            int added =
                    Sql.update(
                            connection,
                            ADD,
                            key.id(),
                            key.name().value(),
                            HexFormat.of().parseHex(sha256),
                            key.scopes().stream().map(Scope::word).sorted().toArray(String[]::new),
                            key.reach() instanceof Reach.Everywhere,
                            spaces,
                            Moments.toMicros(key.created()),
                            micros(key.expires()),
                            number(key.requestsPerMinute()));
            if (added == 0) {
                throw new StoreException.Conflict("the id of a key is taken: " + key.id());
            }
        } catch (SQLException e) {
            throw SqlFailure.whileWriting(e);
        }
    }

    private static OptionalLong micros(Optional<Instant> moment) {
        return moment.map(known -> OptionalLong.of(Moments.toMicros(known)))
                .orElse(OptionalLong.empty());
    }

    private static OptionalLong number(OptionalInt known) {
        return known.isPresent() ? OptionalLong.of(known.getAsInt()) : OptionalLong.empty();
    }

    @Override
    public List<Kept> all() {
        return reads.list("read keys", ALL, PgKeys::kept);
    }

    @Override
    public Optional<Key> revoke(String id, Instant since) {
        try (var connection = source.getConnection()) {
            return Sql.list(connection, REVOKE, PgKeys::kept, Moments.toMicros(since), id).stream()
                    .map(Kept::key)
                    .findFirst();
        } catch (SQLException e) {
            throw SqlFailure.whileWriting(e);
        }
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                new Key(
                        row.getString("id"),
                        new KeyName(row.getString("name")),
                        Arrays.stream(texts(row, "scopes"))
                                .map(Scope::of)
                                .collect(Collectors.toSet()),
                        reach(row),
                        Moments.fromMicros(row.getLong("created")),
                        moment(row, "expires"),
                        moment(row, "revoked"),
                        pace(row)),
                HexFormat.of().formatHex(row.getBytes("sha256")));
    }

    private static OptionalInt pace(ResultSet row) throws SQLException {
        var known = Columns.number(row, "requests_per_minute");
        return known.isPresent() ? OptionalInt.of((int) known.getAsLong()) : OptionalInt.empty();
    }

    private static Reach reach(ResultSet row) throws SQLException {
        return row.getArray("spaces") == null
                ? new Reach.Everywhere()
                : new Reach.Within(
                        Arrays.stream(texts(row, "spaces"))
                                .map(SpaceId::new)
                                .collect(Collectors.toSet()));
    }

    private static String[] texts(ResultSet row, String column) throws SQLException {
        return (String[]) row.getArray(column).getArray();
    }

    private static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        var micros = Columns.number(row, column);
        return micros.isEmpty()
                ? Optional.empty()
                : Optional.of(Moments.fromMicros(micros.getAsLong()));
    }
}
