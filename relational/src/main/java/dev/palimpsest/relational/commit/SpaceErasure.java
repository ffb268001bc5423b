package dev.palimpsest.relational.commit;

import dev.palimpsest.model.EntityProfile;
import java.sql.SQLException;
import java.util.List;

/// Forgets a whole space: every row in it. The space itself goes when projections dropped it.
final class SpaceErasure {

    /// What is counted, and the table it lies in; those that others refer to come last.
    private static final List<List<String>> TABLES =
            List.of(
                    List.of("assertions", "assertion"),
                    List.of("factVersions", "fact_version"),
                    List.of("profiles", "profile"),
                    List.of("memories", "memory"),
                    List.of("entities", "entity"),
                    List.of("predicates", "predicate"),
                    List.of("sources", "source"),
                    List.of("answers", "idempotency"));

    private final Erasure erasure;

    SpaceErasure(Erasure erasure) {
        this.erasure = erasure;
    }

    void erase() throws SQLException {
        int space = erasure.space();
        erasure.each(
                "select text, speaker, occurred from memory where space = ?",
                row -> erasure.unread(RowShapes.embedded(row, 1)),
                space);
        erasure.each(
                "select statement from fact_version where space = ? and statement is not null",
                row -> erasure.unread(row.getString(1)),
                space);
        erasure.each(
                """
                select e.id, p.type, p.name, p.description
                from profile p join entity e on e.node = p.entity where p.space = ?
                """,
                row ->
                        erasure.unread(
                                EntityProfile.text(
                                        RowShapes.text(row, 3).orElse(row.getString(1)),
                                        row.getString(2),
                                        RowShapes.text(row, 4))),
                space);
        for (var table : TABLES) {
            erasure.count(
                    table.getFirst(),
                    erasure.change("delete from " + table.getLast() + " where space = ?", space));
        }
        erasure.change(
                "insert into gone_row (position, space, kind) values (?, ?, ?)",
                erasure.entry().position(),
                space,
                Codes.GONE_SPACE);
        erasure.change("update space set forgotten = true where no = ?", space);
    }
}
