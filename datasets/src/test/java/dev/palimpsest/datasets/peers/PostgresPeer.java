package dev.palimpsest.datasets.peers;

import dev.palimpsest.datasets.bench.CpuTime;
import dev.palimpsest.question.Kind;
import dev.palimpsest.relational.server.PostgresServer;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/// PostgreSQL alone: the server Palimpsest brings along, on a cluster of its own, with what comes
/// with it. pgvector does not, so vectors are compared bit by bit, without an index.
final class PostgresPeer implements Peer {

    private static final String TABLES =
            """
            create extension cube;

            create table doc (
              no int not null, id uuid not null, kind smallint not null,
              subject int not null, object int, mentions int[] not null, place cube,
              strength float8, bits bit(384), valid int8range not null, recorded int8range not null);
            create table place (
              node int not null, place cube not null, valid int8range not null, recorded int8range not null);
            create table body (
              no int not null, text text not null, names text not null,
              words tsvector not null generated always as (
                setweight(to_tsvector('english', text), 'A') || setweight(to_tsvector('english', names), 'B')) stored);
            create table direction (no int not null, length float8 not null,
              b0 bit(384) not null, b1 bit(384) not null, b2 bit(384) not null, b3 bit(384) not null,
              b4 bit(384) not null, b5 bit(384) not null, b6 bit(384) not null, b7 bit(384) not null);
            """;

    private static final String INDEXES =
            """
            alter table doc add primary key (no);
            create index doc_where_when on doc using gist (place, valid) where kind = 2;
            create index doc_when on doc using gist (valid);
            create index doc_from on doc (lower(valid));
            create index doc_subject on doc (subject) where kind < 2;
            create index doc_mentions on doc using gin (mentions) where kind = 2;
            create index doc_cause on doc (subject) where strength is not null;
            create index doc_effect on doc (object) where strength is not null;
            create index place_where on place using gist (place);
            create index place_node on place (node);
            alter table body add primary key (no);
            create index body_words on body using gin (words);
            alter table direction add primary key (no);
            vacuum (analyze);
            checkpoint;
            """;

    private final PostgresServer server;
    private final Connection connection;
    private int rows;

    private PostgresPeer(PostgresServer server, Connection connection) {
        this.server = server;
        this.connection = connection;
    }

    /// Opens an empty one.
    ///
    /// @param folder its own; must not be there yet
    /// @param programs where the server's programs are unpacked
    static PostgresPeer make(Path folder, Path programs) throws SQLException {
        var server = PostgresServer.start(folder, programs);
        try {
            var properties = new Properties();
            properties.setProperty("user", server.user());
            properties.setProperty("password", server.password());
            properties.setProperty("stringtype", "unspecified");
            properties.setProperty("ApplicationName", "peer");
            var connection = DriverManager.getConnection(server.jdbcUrl(), properties);
            var peer = new PostgresPeer(server, connection);
            peer.run(TABLES);
            peer.run(BitPlanes.FUNCTION);
            peer.run("set plan_cache_mode = force_custom_plan; set work_mem = '64MB'");
            return peer;
        } catch (SQLException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public void add(List<PeerRow> batch) {
        var doc = new CopyLines();
        var place = new CopyLines();
        var body = new CopyLines();
        var direction = new CopyLines();
        for (var row : batch) {
            int no = ++rows;
            String valid = PostgresSql.range(row.validFrom(), row.validUntil());
            String recorded = PostgresSql.range(row.recordedFrom(), row.recordedUntil());
            var point = row.point().map(PostgresSql::cube);
            doc.add(
                    no,
                    row.id(),
                    KINDS.indexOf(row.kind()),
                    row.subject(),
                    row.object().isPresent() ? row.object().getAsLong() : CopyLines.NULL,
                    row.mentions().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(",", "{", "}")),
                    row.kind() == Kind.MEMORY && point.isPresent() ? point.get() : CopyLines.NULL,
                    row.strength().isPresent() ? row.strength().getAsDouble() : CopyLines.NULL,
                    row.meaning().map(BitPlanes::signs).orElse(CopyLines.NULL),
                    valid,
                    recorded);
            if (row.isPlaceFact()) {
                place.add(row.subject(), point.orElseThrow(), valid, recorded);
            }
            body.add(no, CopyLines.escaped(row.text()), CopyLines.escaped(row.names()));
            row.meaning()
                    .ifPresent(meaning -> {
                        direction.add(
                                no, meaning.length(), String.join("\t", BitPlanes.of(meaning)));
                    });
        }
        copy("doc", doc);
        copy("place", place);
        copy("body (no, text, names)", body);
        copy("direction", direction);
    }

    private void copy(String table, CopyLines lines) {
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + table + " from stdin", new StringReader(lines.toString()));
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("cannot copy into " + table, e);
        }
    }

    @Override
    public void finishLoading() {
        try {
            for (String statement : INDEXES.split(";\\s*")) {
                run(statement);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot make the indexes", e);
        }
    }

    private void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public List<Found> ask(PeerQuestion question) {
        return list(
                PostgresSql.best(question),
                row ->
                        new Found(
                                row.getObject("id", UUID.class),
                                KINDS.get(row.getInt("kind")),
                                row.getLong("subject"),
                                row.getDouble("score")));
    }

    @Override
    public Set<UUID> passing(PeerQuestion question) {
        return new HashSet<>(
                list(PostgresSql.passing(question), row -> row.getObject(1, UUID.class)));
    }

    private <T> List<T> list(NamedSql sql, NamedSql.Mapper<T> mapper) {
        try {
            return sql.list(connection, mapper);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL refuses: " + sql.shown(), e);
        }
    }

    @Override
    public Duration cpu() {
        return ProcessHandle.of(server.pid()).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(CpuTime.ofThisThread(), Duration::plus);
    }

    @Override
    public Map<String, Long> disk() {
        var sql = new NamedSql("select pg_database_size(current_database())", Map.of());
        return Map.of("database", list(sql, row -> row.getLong(1)).getFirst());
    }

    @Override
    public String query(PeerQuestion question) {
        return PostgresSql.best(question).shown();
    }

    /// The plan by which a question is answered, with times.
    String plan(PeerQuestion question) {
        var best = PostgresSql.best(question);
        var sql = new NamedSql("explain (analyze, buffers off) " + best.text(), best.values());
        return String.join("\n", list(sql, row -> row.getString(1)));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot leave the server", e);
        } finally {
            server.close();
        }
    }
}
