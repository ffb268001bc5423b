package dev.palimpsest.relational.commit;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Forgets memories: their rows, and what was quoted from them as evidence.
final class MemoryErasure {

    /// All kept answers are read once for so many.
    private static final int IDS_AT_ONCE = 100_000;

    private final Erasure erasure;

    MemoryErasure(Erasure erasure) {
        this.erasure = erasure;
    }

    /// @param where which memories of the space
    void erase(String where, Object... given) throws SQLException {
        List<String> ids = new ArrayList<>();
        erasure.each(
                "select id, text, speaker, occurred from memory where " + where,
                row -> {
                    ids.add(row.getString(1));
                    erasure.unread(RowShapes.embedded(row, 2));
                    if (ids.size() == IDS_AT_ONCE) {
                        erasure.redactAnswers(ids);
                        ids.clear();
                    }
                },
                given);
        erasure.redactAnswers(ids);
        erasure.goneMemories(where, given);
        redactEvidence(where, given);
        erasure.count("memories", erasure.change("delete from memory where " + where, given));
    }

    /// What cites them is still said; by what words is not.
    private void redactEvidence(String where, Object... given) throws SQLException {
        List<Object> parameters = new ArrayList<>(List.of(given));
        parameters.add(erasure.space());
        long cited =
                erasure.change(
                        """
                        update assertion a
                        set evidence_memory = null, evidence_quote = null, evidence_offset = null
                        from (select id from memory where %s) m
                        where a.space = ? and a.evidence_memory = m.id
                        """
                                .formatted(where),
                        parameters.toArray());
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
