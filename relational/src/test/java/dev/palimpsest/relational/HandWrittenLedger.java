package dev.palimpsest.relational;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Stamp;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// Puts rows into a ledger's tables just as told, one position after the other, with no rule
/// applied: for tests of reading alone.
final class HandWrittenLedger implements AutoCloseable {

    /// What was recorded at position n was recorded n seconds after this.
    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private static final List<ObjectKind> KINDS = List.of(ObjectKind.values());

    private final Connection connection;
    private final Map<String, Long> nodes = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private long position;
    private int ordinal;

    HandWrittenLedger(Database database) throws SQLException {
        connection = database.dataSource().getConnection();
    }

    static Stamp stampOf(long position) {
        return new Stamp(new Position(position), BEGIN.plusSeconds(position));
    }

    /// Begins the next position.
    Position next() throws SQLException {
        position++;
        ordinal = 0;
        Sql.update(
                connection,
                "update ledger set last_position = ?, last_recorded = ?",
                position,
                micros());
        return new Position(position);
    }

    void space(String id) throws SQLException {
        number(
                "space " + id,
                "insert into space (id, strict, partition) values (?, false, 0) returning no",
                id);
    }

    void entity(String space, String id) throws SQLException {
        long node = nodes.size() + 1L;
        nodes.put(space + " " + id, node);
        Sql.update(
                connection,
                "insert into entity values (?, ?, ?, ?, ?)",
                node,
                numberOf("space " + space),
                id,
                position,
                micros());
        change(space, RowKind.ENTITY, new UUID(0, node));
    }

    void predicate(String space, String name) throws SQLException {
        int no =
                number(
                        "predicate " + space + " " + name,
                        """
                        insert into predicate (space, name, functional, causal, "symmetric",
                                               registered, kinds_used, position)
                        values (?, ?, false, false, false, false, 0, ?) returning no
                        """,
                        numberOf("space " + space),
                        name,
                        position);
        change(space, RowKind.PREDICATE, new UUID(0, no));
    }

    void source(String space, String id) throws SQLException {
        int no =
                number(
                        "source " + space + " " + id,
                        "insert into source (space, id, kind, position) values (?, ?, 'test', ?)"
                                + " returning no",
                        numberOf("space " + space),
                        id,
                        position);
        change(space, RowKind.SOURCE, new UUID(0, no));
    }

    /// A fact in words, and when it holds.
    record Said(String space, String subject, String predicate, Value object, Interval valid) {
        FactId fact() {
            return FactId.of(
                    new SpaceId(space),
                    new EntityId(subject),
                    new PredicateName(predicate),
                    object);
        }

        /// The same, said of another time.
        Said over(Interval valid) {
            return new Said(space, subject, predicate, object, valid);
        }
    }

    RowId assertion(Said said, String source) throws SQLException {
        var id = newId();
        Sql.update(
                connection,
                """
                insert into assertion (id, space, fact, subject, predicate, object_kind, object,
                    valid_from, valid_until, valid_end, source, confidence, delay_mean,
                    evidence_quote, said, from_position, recorded_from)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::"char", ?, 0.5, 90.000001, 'said so', ?, ?, ?)
                """,
                id.value(),
                numberOf("space " + said.space()),
                said.fact().value(),
                nodeOf(said.space() + " " + said.subject()),
                numberOf("predicate " + said.space() + " " + said.predicate()),
                KINDS.indexOf(said.object().kind()),
                said.object().canonical(),
                said.valid().fromMicros(),
                said.valid().untilMicros(),
                String.valueOf(said.valid().endCode()),
                numberOf("source " + said.space() + " " + source),
                position,
                position,
                micros());
        change(said.space(), RowKind.ASSERTION, id.value());
        return id;
    }

    RowId version(Said said) throws SQLException {
        var id = newId();
        Sql.update(
                connection,
                """
                insert into fact_version (id, space, fact, subject, predicate, object_kind, object,
                    object_node, valid_from, valid_until, valid_end, strength, statement,
                    from_position, recorded_from)
                values (?, ?, ?, ?, ?, ?, ?, ?::bigint, ?, ?, ?::"char", 0.25, 'in words', ?, ?)
                """,
                id.value(),
                numberOf("space " + said.space()),
                said.fact().value(),
                nodeOf(said.space() + " " + said.subject()),
                numberOf("predicate " + said.space() + " " + said.predicate()),
                KINDS.indexOf(said.object().kind()),
                said.object().canonical(),
                said.object() instanceof Value.Entity(EntityId object)
                        ? Optional.of(nodeOf(said.space() + " " + object))
                        : Optional.empty(),
                said.valid().fromMicros(),
                said.valid().untilMicros(),
                String.valueOf(said.valid().endCode()),
                position,
                micros());
        change(said.space(), RowKind.FACT_VERSION, id.value());
        return id;
    }

    RowId profile(String space, String entity, String type, String name, String... aliases)
            throws SQLException {
        var id = newId();
        Sql.update(
                connection,
                """
                insert into profile (id, space, entity, type, name, aliases, latitude, longitude,
                    from_position, recorded_from)
                values (?, ?, ?, ?, ?, ?, 24.1, 121.6, ?, ?)
                """,
                id.value(),
                numberOf("space " + space),
                nodeOf(space + " " + entity),
                type,
                name,
                aliases,
                position,
                micros());
        change(space, RowKind.PROFILE, id.value());
        return id;
    }

    RowId memory(String space, String memory, String source, String... mentions)
            throws SQLException {
        var id = newId();
        long node = nodes.size() + 1L;
        nodes.put(space + " memory " + memory, node);
        Sql.update(
                connection,
                """
                insert into memory (row_id, node, space, id, text, occurred, mentions, source,
                    metadata, content_hash, from_position, recorded_from)
                values (?, ?, ?, ?, 'kept word for word', ?, ?, ?, '{}', '', ?, ?)
                """,
                id.value(),
                node,
                numberOf("space " + space),
                memory,
                micros(),
                Arrays.stream(mentions)
                        .map(entity -> nodeOf(space + " " + entity))
                        .toArray(Long[]::new),
                numberOf("source " + space + " " + source),
                position,
                micros());
        change(space, RowKind.MEMORY, id.value());
        return id;
    }

    /// Closes an assertion, version or profile at this position.
    void close(String space, RowKind kind, RowId id) throws SQLException {
        String table =
                switch (kind) {
                    case ASSERTION -> "assertion";
                    case FACT_VERSION -> "fact_version";
                    case PROFILE -> "profile";
                    case ENTITY, PREDICATE, MEMORY, SOURCE, FORGOTTEN ->
                            throw new IllegalArgumentException("never closed: " + kind);
                };
        Sql.update(
                connection,
                "update " + table + " set until_position = ?, recorded_until = ? where id = ?",
                position,
                micros(),
                id.value());
        change(space, kind, id.value());
    }

    private int numberOf(String name) {
        return Objects.requireNonNull(numbers.get(name), name);
    }

    private long nodeOf(String name) {
        return Objects.requireNonNull(nodes.get(name), name);
    }

    private RowId newId() {
        return RowId.of(stampOf(position), ordinal + 1);
    }

    private long micros() {
        return Moments.toMicros(stampOf(position).at());
    }

    private void change(String space, RowKind kind, UUID id) throws SQLException {
        ordinal++;
        long rowPosition =
                kind.isNumbered() ? position : id.getLeastSignificantBits() & (1L << 48) - 1;
        Sql.update(
                connection,
                "insert into change values (?, ?, ?, ?, ?, ?, ?)",
                position,
                ordinal,
                numberOf("space " + space),
                micros(),
                kind.number(),
                id,
                rowPosition);
    }

    private int number(String name, String insert, Object... parameters) throws SQLException {
        int number = Sql.list(connection, insert, row -> row.getInt(1), parameters).getFirst();
        numbers.put(name, number);
        return number;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
