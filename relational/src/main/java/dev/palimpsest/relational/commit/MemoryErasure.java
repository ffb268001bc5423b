package dev.palimpsest.relational.commit;

import dev.palimpsest.model.RowId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Forgets memories: their rows, and what was quoted from them as evidence.
final class MemoryErasure {

    private final Erasure erasure;

    MemoryErasure(Erasure erasure) {
        this.erasure = erasure;
    }

    /// A memory's row.
    record Kept(RowId id, long node, long position) {

        /// From the columns row_id, node, from_position.
        static Kept of(ResultSet row) throws SQLException {
            return new Kept(
                    new RowId(row.getObject(1, UUID.class)), row.getLong(2), row.getLong(3));
        }
    }

    /// @param where which memories of the space
    void erase(String where, Object... given) throws SQLException {
        List<Kept> memories = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        erasure.each(
                "select row_id, node, from_position, id, text, speaker, occurred from memory"
                        + " where "
                        + where,
                row -> {
                    memories.add(Kept.of(row));
                    ids.add(row.getString(4));
                    erasure.unread(RowShapes.embedded(row, 5));
                },
                given);
        for (var memory : memories) {
            erasure.gone(Change.Kind.MEMORY, memory.id(), memory.node());
        }
        redactEvidence(ids);
        erasure.count("memories", erasure.change("delete from memory where " + where, given));
        erasure.redactAnswers(ids);
    }

    /// What cites them is still said; by what words is not.
    private void redactEvidence(List<String> ids) throws SQLException {
        long cited =
                erasure.change(
                        """
                        update assertion
                        set evidence_memory = null, evidence_quote = null, evidence_offset = null
                        where space = ? and evidence_memory = any(?::text[])
                        """,
                        erasure.space(),
                        erasure.connection().createArrayOf("text", ids.toArray(String[]::new)));
        erasure.count("evidence", cited);
        if (cited > 0) {
            erasure.leave(
                    cited
                            + " assertions that cited what is forgotten stay, without their"
                            + " evidence; retract them, or forget what they are about, if they must"
                            + " go");
        }
    }
}
