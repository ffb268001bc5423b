package dev.palimpsest.relational;

import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.port.Row;
import dev.palimpsest.time.Moments;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is said of the facts of some versions: who asserts each version, and which versions an
/// assertion supports. Read once for all of them: a look into the index of facts costs more than
/// the row it finds.
final class Supporters {

    /// The bound by the head of the ledger leaves partitions out that nothing was written to yet;
    /// the offset keeps the planner from reading whole ones.
    private static final String SAID =
            """
            select a.fact, a.from_position, a.id, a.until_position, a.valid_from, a.valid_until,
                   o.id as source_id
            from unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                 as w (fact, from_position, until_position, valid_from, valid_until)
            cross join lateral (
                select * from assertion s
                where s.fact = w.fact
                  and s.until_position > w.from_position
                  and s.from_position < w.until_position
                  and s.from_position <= (select last_position from ledger where partition = 0)
                  and s.valid_from < w.valid_until
                  and w.valid_from < s.valid_until
                offset 0
            ) a
            join source o on o.no = a.source
            """;

    /// What all versions of a fact that are asked about lie within. What was said in there is held
    /// in memory while they are completed, so of a fact said over and over all that is near.
    private record Frame(long fromPosition, long untilPosition, long validFrom, long validUntil) {

        static Frame of(FactVersion version) {
            return new Frame(
                    version.recorded().fromPosition(),
                    version.recorded().untilPosition(),
                    version.valid().fromMicros(),
                    version.valid().untilMicros());
        }

        Frame and(Frame other) {
            return new Frame(
                    Math.min(fromPosition, other.fromPosition),
                    Math.max(untilPosition, other.untilPosition),
                    Math.min(validFrom, other.validFrom),
                    Math.max(validUntil, other.validUntil));
        }
    }

    /// An assertion of a fact: from when until when it was recorded, and over what valid time.
    private record Said(
            UUID fact, RowKey key, long until, long validFrom, long validUntil, SourceId source) {

        boolean supports(FactVersion version) {
            return until > version.recorded().fromPosition()
                    && key.position() < version.recorded().untilPosition()
                    && validFrom < version.valid().untilMicros()
                    && version.valid().fromMicros() < validUntil;
        }

        boolean liesWithin(List<FactVersion> inOrder) {
            long reached = validFrom;
            for (var version : inOrder) {
                if (version.valid().fromMicros() > reached) {
                    break;
                }
                reached = Math.max(reached, version.valid().untilMicros());
            }
            return reached >= validUntil;
        }
    }

    private final Map<UUID, List<Said>> byFact;

    private Supporters(Map<UUID, List<Said>> byFact) {
        this.byFact = byFact;
    }

    /// Reads what is said of the facts of the versions among these rows, of the same moment.
    static Supporters read(Snapshot snapshot, Collection<Row> rows) throws SQLException {
        var frames = new HashMap<UUID, Frame>();
        versions(rows)
                .forEach(version ->
                        frames.merge(version.fact().value(), Frame.of(version), Frame::and));
        if (frames.isEmpty()) {
            return new Supporters(Map.of());
        }
        var said =
                snapshot.list(
                        SAID,
                        Supporters::said,
                        frames.keySet().toArray(UUID[]::new),
                        numbers(frames, Frame::fromPosition),
                        numbers(frames, Frame::untilPosition),
                        numbers(frames, Frame::validFrom),
                        numbers(frames, Frame::validUntil));
        return new Supporters(said.stream().collect(Collectors.groupingBy(Said::fact)));
    }

    private static Long[] numbers(Map<UUID, Frame> frames, ToLongFunction<Frame> number) {
        return frames.values().stream().map(number::applyAsLong).toArray(Long[]::new);
    }

    private static Said said(ResultSet row) throws SQLException {
        return new Said(
                row.getObject("fact", UUID.class),
                new RowKey(
                        RowKind.ASSERTION,
                        row.getObject("id", UUID.class),
                        row.getLong("from_position")),
                row.getLong("until_position"),
                row.getLong("valid_from"),
                row.getLong("valid_until"),
                new SourceId(row.getString("source_id")));
    }

    /// The row; a version with all who assert it at any time at which it was recorded.
    Image completed(Row row) {
        if (!(row instanceof Row.OfFact fact)) {
            return new Image(row, 0);
        }
        var sources = new HashSet<SourceId>();
        long lastSaid = 0;
        for (var said : byFact.getOrDefault(fact.version().fact().value(), List.of())) {
            if (said.supports(fact.version())) {
                sources.add(said.source());
                lastSaid = Math.max(lastSaid, said.key().position());
            }
        }
        return new Image(
                new Row.OfFact(
                        fact.space(),
                        fact.version(),
                        fact.subjectNode(),
                        fact.objectNode(),
                        sources),
                lastSaid);
    }

    /// Those of these assertions that may support other versions than are among these rows. The
    /// rest lie wholly within the time of such as are believed now, and no two of a fact overlap:
    /// see [dev.palimpsest.belief.LastSaid].
    List<RowKey> reachingBeyond(Collection<Row> rows, Collection<RowKey> assertions) {
        if (assertions.isEmpty()) {
            return List.of();
        }
        var within = new HashSet<RowKey>();
        var asked = Set.copyOf(assertions);
        versions(rows)
                .filter(version -> version.recorded().untilPosition() == Moments.OPEN)
                .sorted(Comparator.comparingLong(version -> version.valid().fromMicros()))
                .collect(Collectors.groupingBy(version -> version.fact().value()))
                .forEach((fact, inOrder) ->
                        byFact.getOrDefault(fact, List.of()).stream()
                                .filter(said -> asked.contains(said.key()))
                                .filter(said -> said.liesWithin(inOrder))
                                .forEach(said -> within.add(said.key())));
        return assertions.stream().filter(key -> !within.contains(key)).toList();
    }

    private static Stream<FactVersion> versions(Collection<Row> rows) {
        return rows.stream()
                .filter(Row.OfFact.class::isInstance)
                .map(row -> ((Row.OfFact) row).version());
    }
}
