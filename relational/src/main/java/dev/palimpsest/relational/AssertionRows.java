package dev.palimpsest.relational;

import dev.palimpsest.model.Assertion;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Evidence;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.time.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/// Rows of `assertion`, as the domain has them.
final class AssertionRows {

    /// What of an assertion `a`, its subject `e`, predicate `p` and source `o` makes an
    /// [Assertion].
    static final String COLUMNS =
            """
            a.id, a.fact, e.id as subject_id, p.name as predicate_name, a.object_kind, a.object,
            a.valid_from, a.valid_until, a.valid_end, o.id as source_id,
            a.confidence, a.strength, a.delay_mean, a.delay_sd, a.statement,
            a.evidence_memory, a.evidence_quote, a.evidence_offset, a.said,
            a.from_position, a.recorded_from, a.until_position, a.recorded_until
            """;

    /// The tables of [#COLUMNS].
    static final String TABLES =
            """
            assertion a
            join entity e on e.node = a.subject
            join predicate p on p.no = a.predicate
            join source o on o.no = a.source
            """;

    private AssertionRows() {}

    /// The assertion, as known at `at`.
    static Assertion assertion(ResultSet row, Position at) throws SQLException {
        return new Assertion(
                Columns.rowId(row, "id"),
                new FactId(row.getObject("fact", UUID.class)),
                new EntityId(row.getString("subject_id")),
                new PredicateName(row.getString("predicate_name")),
                Columns.object(row),
                Columns.valid(row),
                new SourceId(row.getString("source_id")),
                Columns.qualifiers(row),
                evidence(row),
                new Position(row.getLong("said")),
                Columns.recorded(row, at));
    }

    private static Optional<Evidence> evidence(ResultSet row) throws SQLException {
        var memory = Columns.text(row, "evidence_memory").map(MemoryId::new);
        var quote = Columns.text(row, "evidence_quote");
        int offset = row.getInt("evidence_offset");
        var place = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(offset);
        return memory.isEmpty() && quote.isEmpty()
                ? Optional.empty()
                : Optional.of(new Evidence(memory, quote, place));
    }
}
