package dev.palimpsest.relational.commit;

import dev.palimpsest.model.RowId;
import dev.palimpsest.model.Sha256;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// One forgetting under way: what it deletes is counted, told to projections by number, and the
/// embeddings of its texts go with it.
final class Erasure {

    private static final int SLICE = 1_000;

    private final Connection connection;
    private final Desk desk;
    private final Entry entry;
    private final int space;
    private final Map<String, Long> touched = new LinkedHashMap<>();
    private final List<String> left = new ArrayList<>();
    private final List<byte[]> texts = new ArrayList<>();

    Erasure(Connection connection, Desk desk, Entry entry, int space) {
        this.connection = connection;
        this.desk = desk;
        this.entry = entry;
        this.space = space;
    }

    /// Where a memory's row lies.
    record MemoryRef(RowId id, long node, long position) {

        /// From the columns row_id, node, from_position.
        static MemoryRef of(ResultSet row) throws SQLException {
            return new MemoryRef(
                    new RowId(row.getObject(1, UUID.class)), row.getLong(2), row.getLong(3));
        }
    }

    Connection connection() {
        return connection;
    }

    Desk desk() {
        return desk;
    }

    Entry entry() {
        return entry;
    }

    int space() {
        return space;
    }

    Map<String, Long> touched() {
        return touched;
    }

    List<String> left() {
        return left;
    }

    void count(String what, long rows) {
        if (rows > 0) {
            touched.merge(what, rows, Long::sum);
        }
    }

    /// Says what is not deleted.
    void leave(String what) {
        left.add(what);
    }

    /// Runs a statement that changes rows.
    long change(String sql, Object... given) throws SQLException {
        return Queries.change(connection, sql, List.of(given));
    }

    void each(String sql, Queries.RowSink sink, Object... given) throws SQLException {
        Queries.stream(connection, sql, List.of(given), sink);
    }

    void goneEntity(long node) throws SQLException {
        change(
                "insert into gone_row (position, space, kind, node) values (?, ?, ?, ?)",
                entry.position(),
                space,
                (int) Codes.of(Change.Kind.ENTITY),
                node);
    }

    /// Memories go.
    ///
    /// @param where which of them
    void goneMemories(String where, Object... given) throws SQLException {
        goneRows(Change.Kind.MEMORY, "row_id, node, false from memory where " + where, given);
    }

    /// All profiles that an entity ever had go.
    void goneProfiles(long node) throws SQLException {
        goneRows(Change.Kind.PROFILE, "id, entity, false from profile where entity = ?", node);
    }

    /// Memories stay, with fewer mentions.
    void changed(List<MemoryRef> memories) throws SQLException {
        for (int start = 0; start < memories.size(); start += SLICE) {
            var slice = memories.subList(start, Math.min(memories.size(), start + SLICE));
            goneRows(
                    Change.Kind.MEMORY,
                    "m.id, m.node, true from unnest(?::uuid[], ?::bigint[]) as m (id, node)",
                    connection.createArrayOf(
                            "uuid",
                            slice.stream().map(one -> one.id().value()).toArray(UUID[]::new)),
                    connection.createArrayOf(
                            "int8", slice.stream().map(MemoryRef::node).toArray(Long[]::new)));
        }
        for (var memory : memories) {
            entry.note(Change.Kind.MEMORY, memory.id().value(), memory.position());
        }
    }

    /// @param select the rest of a query, by row id, node and whether the row stays
    private void goneRows(Change.Kind kind, String select, Object... given) throws SQLException {
        List<Object> parameters = new ArrayList<>();
        parameters.add(entry.position());
        parameters.add(space);
        parameters.add((int) Codes.of(kind));
        parameters.addAll(List.of(given));
        change(
                "insert into gone_row (position, space, kind, row_id, node, stays) select ?, ?, ?, "
                        + select,
                parameters.toArray());
    }

    void gone(VersionRow version) throws SQLException {
        change(
                """
                insert into gone_row
                       (position, space, kind, row_id, node, predicate, object_kind, object_node)
                select ?, space, ?, id, subject, predicate, object_kind, object_node
                from fact_version where from_position = ? and id = ?
                """,
                entry.position(),
                (int) Codes.of(Change.Kind.FACT_VERSION),
                version.recorded().fromPosition(),
                version.id().value());
    }

    /// The embedding of `text` is to go.
    void unread(String text) throws SQLException {
        texts.add(Sha256.of(text));
        if (texts.size() == SLICE) {
            unreadAll();
        }
    }

    /// Deletes the embeddings of all texts told so far, and remembers their hashes: one may be
    /// computed just now by someone who read the text before.
    void unreadAll() throws SQLException {
        if (texts.isEmpty()) {
            return;
        }
        var hashes = connection.createArrayOf("bytea", texts.toArray(byte[][]::new));
        change(
                """
                insert into gone_text (position, sha256)
                select ?, w.sha256 from unnest(?::bytea[]) as w (sha256)
                on conflict do nothing
                """,
                entry.position(),
                hashes);
        count("embeddings", change(EmbeddingSql.DELETE, hashes));
        texts.clear();
    }

    /// Takes ids out of the answers kept for requests that come again.
    void redactAnswers(Collection<String> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        Set<String> forgotten = new HashSet<>(ids);
        var redacted = new LinkedHashMap<String, String>();
        each(
                "select key, answer from idempotency where space = ?",
                row -> {
                    var key = row.getString(1);
                    AnswerText.without(row.getString(2), forgotten)
                            .ifPresent(answer -> redacted.put(key, answer));
                },
                space);
        for (var answer : redacted.entrySet()) {
            change(
                    "update idempotency set answer = ? where space = ? and key = ?",
                    answer.getValue(),
                    space,
                    answer.getKey());
        }
        count("answers", redacted.size());
    }
}
