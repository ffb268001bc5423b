package dev.palimpsest.relational.commit;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Source;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.WriteRequest.IdempotencyKey;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Looks names up: spaces, entities, sources, predicates, memories, keys of requests. What is not
/// there is left out.
final class NameReader {

    private final Connection connection;

    NameReader(Connection connection) {
        this.connection = connection;
    }

    /// A space, and the latest time recorded in it.
    record HeldSpace(SpaceRow row, Optional<Long> lastRecorded) {}

    Optional<HeldSpace> space(SpaceId id) throws SQLException {
        List<HeldSpace> found = new ArrayList<>();
        Queries.each(
                connection,
                """
                select no, strict,
                       (select recorded from change where change.space = space.no
                        order by recorded desc limit 1)
                from space where id = ? and not forgotten
                """,
                List.of(id.value()),
                row -> {
                    long last = row.getLong(3);
                    var lastRecorded = row.wasNull() ? Optional.<Long>empty() : Optional.of(last);
                    var space = new Space(id, row.getBoolean(2));
                    found.add(new HeldSpace(new SpaceRow(row.getInt(1), space), lastRecorded));
                });
        return found.stream().findFirst();
    }

    Map<InSpace<EntityId>, Long> nodes(Collection<InSpace<EntityId>> names) throws SQLException {
        var nodes = new HashMap<InSpace<EntityId>, Long>();
        Queries.each(
                connection,
                """
                select e.space, e.id, e.node
                from unnest(?::int[], ?::text[]) as name (space, id)
                join entity e on e.space = name.space and e.id = name.id
                """,
                named(names, EntityId::value),
                row ->
                        nodes.put(
                                new InSpace<>(row.getInt(1), new EntityId(row.getString(2))),
                                row.getLong(3)));
        return nodes;
    }

    List<SourceRow> sources(Collection<InSpace<SourceId>> names) throws SQLException {
        List<SourceRow> sources = new ArrayList<>();
        Queries.each(
                connection,
                """
                select s.no, s.space, s.id, s.kind, s.description, s.position
                from unnest(?::int[], ?::text[]) as name (space, id)
                join source s on s.space = name.space and s.id = name.id
                """,
                named(names, SourceId::value),
                row ->
                        sources.add(
                                new SourceRow(
                                        row.getInt(1),
                                        row.getInt(2),
                                        new Source(
                                                new SourceId(row.getString(3)),
                                                RowShapes.text(row, 4),
                                                RowShapes.text(row, 5)),
                                        row.getLong(6))));
        return sources;
    }

    List<PredicateRow> predicates(Collection<InSpace<PredicateName>> names) throws SQLException {
        List<PredicateRow> predicates = new ArrayList<>();
        Queries.each(
                connection,
                """
                select p.no, p.space, p.name, p.functional, p.causal, p."symmetric", p.inverse,
                       p.object_kind, p.registered, p.kinds_used, p.position
                from unnest(?::int[], ?::text[]) as name (space, id)
                join predicate p on p.space = name.space and p.name = name.id
                """,
                named(names, PredicateName::value),
                row -> predicates.add(RowShapes.predicate(row, 1)));
        return predicates;
    }

    Map<InSpace<MemoryId>, ContentHash> memories(Collection<InSpace<MemoryId>> names)
            throws SQLException {
        var hashes = new HashMap<InSpace<MemoryId>, ContentHash>();
        Queries.each(
                connection,
                """
                select m.space, m.id, m.content_hash
                from unnest(?::int[], ?::text[]) as name (space, id)
                join memory m on m.space = name.space and m.id = name.id
                """,
                named(names, MemoryId::value),
                row ->
                        hashes.put(
                                new InSpace<>(row.getInt(1), new MemoryId(row.getString(2))),
                                new ContentHash(row.getBytes(3))));
        return hashes;
    }

    /// Answers kept since `oldest`.
    Map<InSpace<String>, WorkingState.Answer> answers(Collection<InSpace<String>> keys, long oldest)
            throws SQLException {
        var answers = new HashMap<InSpace<String>, WorkingState.Answer>();
        List<Object> given = new ArrayList<>(named(keys, key -> key));
        given.add(oldest);
        Queries.each(
                connection,
                """
                select i.space, i.key, i.body_hash, i.answer, i.recorded
                from unnest(?::int[], ?::text[]) as name (space, id)
                join idempotency i on i.space = name.space and i.key = name.id
                where i.recorded >= ?
                """,
                given,
                row ->
                        answers.put(
                                new InSpace<>(row.getInt(1), row.getString(2)),
                                new WorkingState.Answer(
                                        new IdempotencyKey(row.getString(2), row.getString(3)),
                                        row.getString(4),
                                        row.getLong(5))));
        return answers;
    }

    /// Whether anything at all is forgotten.
    boolean isAnythingForgotten() throws SQLException {
        return exists("select exists (select from forgotten where lifted is null)", List.of());
    }

    boolean isForgotten(int space, Tombstone tombstone) throws SQLException {
        return exists(
                """
                select exists (select from forgotten
                               where kind = ? and id_sha256 = ? and space = ? and lifted is null)
                """,
                List.of((int) tombstone.kind().code(), tombstone.bytes(), space));
    }

    boolean isSpaceForgotten(Tombstone tombstone) throws SQLException {
        return exists(
                """
                select exists (select from forgotten
                               where kind = ? and id_sha256 = ? and lifted is null)
                """,
                List.of((int) tombstone.kind().code(), tombstone.bytes()));
    }

    private boolean exists(String sql, List<? extends Object> given) throws SQLException {
        var found = new boolean[1];
        Queries.each(connection, sql, given, row -> found[0] = row.getBoolean(1));
        return found[0];
    }

    /// Those of these that are forgotten.
    Set<InSpace<Tombstone>> forgotten(Collection<InSpace<Tombstone>> asked) throws SQLException {
        Set<InSpace<Tombstone>> found = new HashSet<>();
        var kinds = Tombstone.Kind.values();
        Queries.each(
                connection,
                """
                select f.space, f.kind, f.id_sha256
                from unnest(?::int[], ?::int[], ?::bytea[]) as asked (space, kind, sha256)
                join forgotten f on f.kind = asked.kind and f.id_sha256 = asked.sha256
                                and f.space = asked.space
                where f.lifted is null
                """,
                List.of(
                        connection.createArrayOf(
                                "int4", asked.stream().map(InSpace::space).toArray(Integer[]::new)),
                        connection.createArrayOf(
                                "int4",
                                asked.stream()
                                        .map(one -> (int) one.id().kind().code())
                                        .toArray(Integer[]::new)),
                        connection.createArrayOf(
                                "bytea",
                                asked.stream()
                                        .map(one -> one.id().bytes())
                                        .toArray(byte[][]::new))),
                row ->
                        found.add(
                                new InSpace<>(
                                        row.getInt(1),
                                        new Tombstone(
                                                kinds[row.getInt(2)],
                                                HexFormat.of().formatHex(row.getBytes(3))))));
        return found;
    }

    private <I> List<Array> named(Collection<InSpace<I>> names, Function<I, String> text)
            throws SQLException {
        return List.of(
                connection.createArrayOf(
                        "int4", names.stream().map(InSpace::space).toArray(Integer[]::new)),
                connection.createArrayOf(
                        "text",
                        names.stream().map(name -> text.apply(name.id())).toArray(String[]::new)));
    }
}
