package dev.palimpsest.relational;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Row;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Rows of `memory`, as the domain has them.
final class MemoryRows {

    /// What of a memory `v`, its source `o` and its space `s` makes a [Row.OfMemory].
    static final String COLUMNS =
            """
            v.row_id, s.id as space_id, v.node, v.id, v.text, v.occurred, v.agent, v.session,
            v.speaker, v.latitude, v.longitude, v.mentions, o.id as source_id, v.metadata,
            array(select x.id from unnest(v.mentions) with ordinality as m (node, nth)
                  join entity x on x.node = m.node order by m.nth) as mentioned,
            v.from_position, v.recorded_from, v.until_position, v.recorded_until
            """;

    /// What to join to `v` for [#COLUMNS].
    static final String JOINS =
            """
            join source o on o.no = v.source
            join space s on s.no = v.space
            """;

    private MemoryRows() {}

    /// The memory, as known at `at`.
    static Row.OfMemory row(ResultSet row, Position at) throws SQLException {
        return new Row.OfMemory(
                new SpaceId(row.getString("space_id")),
                Columns.rowId(row, "row_id"),
                memory(row),
                row.getLong("node"),
                List.of((Long[]) row.getArray("mentions").getArray()),
                Columns.recorded(row, at));
    }

    private static Memory memory(ResultSet row) throws SQLException {
        var mentioned = (String[]) row.getArray("mentioned").getArray();
        var occurred = Columns.number(row, "occurred");
        Optional<Instant> when =
                occurred.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Moments.fromMicros(occurred.getAsLong()));
        return new Memory(
                new MemoryId(row.getString("id")),
                row.getString("text"),
                when,
                Columns.text(row, "agent"),
                Columns.text(row, "session"),
                Columns.text(row, "speaker"),
                Columns.place(row),
                Arrays.stream(mentioned).map(EntityId::new).toList(),
                new SourceId(row.getString("source_id")),
                row.getString("metadata"));
    }
}
