package dev.palimpsest.relational.commit;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult;
import dev.palimpsest.port.WriteResult.Outcome;
import dev.palimpsest.relational.Database;
import dev.palimpsest.relational.TestDatabases;
import dev.palimpsest.time.Interval;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An empty ledger with a recorder and a space, and short ways to write and to look. All of a test
/// run share one database, emptied for each: a database of its own costs each a second and many
/// files.
final class OpenLedger implements AutoCloseable {

    static final SpaceId SPACE = new SpaceId("test");

    final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
    final Database database = Holder.DATABASE;
    PgRecorder recorder;

    private static final class Holder {
        static final Database DATABASE = TestDatabases.fresh();
    }

    OpenLedger() {
        empty();
        recorder = PgRecorder.open(database.dataSource(), clock, _ -> {});
        recorder.makeSpace(new Space(SPACE, false));
    }

    private void empty() {
        execute(
                """
                alter table assertion drop constraint if exists poison;
                truncate space, predicate, source, entity, assertion, fact_version, profile,
                         memory, change, idempotency, forgotten, gone_row, gone_text, embedding
                         restart identity;
                update ledger set last_position = 0, last_recorded = -9223372036854775808,
                                  last_node = 0;
                """);
    }

    /// Closes the recorder and opens another.
    void restart() {
        recorder.close();
        recorder = PgRecorder.open(database.dataSource(), clock, _ -> {});
    }

    Outcome write(Action action) {
        return write(WriteItem.now(action));
    }

    Outcome write(WriteItem item) {
        return request(false, item).outcomes().getFirst();
    }

    WriteResult request(boolean atomic, WriteItem... items) {
        return recorder.record(new WriteRequest(SPACE, List.of(items), atomic, Optional.empty()))
                .join();
    }

    long positionOf(Outcome outcome) {
        return ((Outcome.Written) outcome).stamp().position().number();
    }

    void registerFunctional(String name) {
        write(
                new Action.RegisterPredicate(
                        new Predicate(
                                new PredicateName(name),
                                true,
                                false,
                                false,
                                Optional.empty(),
                                Optional.empty())));
    }

    static Statement statement(
            String subject, String predicate, Value object, Interval valid, String source) {
        return new Statement(
                new EntityId(subject),
                new PredicateName(predicate),
                object,
                valid,
                new SourceId(source),
                Qualifiers.NONE,
                Optional.empty(),
                Statement.Replaces.OVERLAP);
    }

    static Statement replacingAll(Statement said) {
        return new Statement(
                said.subject(),
                said.predicate(),
                said.object(),
                said.valid(),
                said.source(),
                said.qualifiers(),
                said.evidence(),
                Statement.Replaces.ALL);
    }

    static WriteItem says(
            String subject, String predicate, String object, Interval valid, String source) {
        return WriteItem.now(
                new Action.AssertFact(
                        statement(subject, predicate, new Value.Text(object), valid, source)));
    }

    static FactId fact(String subject, String predicate, String object) {
        return FactId.of(
                SPACE, new EntityId(subject), new PredicateName(predicate), new Value.Text(object));
    }

    static Instant year(int year) {
        return Instant.parse(year + "-01-01T00:00:00Z");
    }

    static Interval years(int from, int until) {
        return Interval.between(year(from), year(until));
    }

    static Interval since(int year) {
        return Interval.since(year(year));
    }

    /// All rows of a query, their columns joined by a bar.
    List<String> rows(String sql, Object... given) {
        List<String> rows = new ArrayList<>();
        try (var connection = database.dataSource().getConnection();
                var query = connection.prepareStatement(sql)) {
            for (int i = 0; i < given.length; i++) {
                query.setObject(i + 1, given[i]);
            }
            try (var found = query.executeQuery()) {
                int columns = found.getMetaData().getColumnCount();
                while (found.next()) {
                    var row = new ArrayList<@Nullable String>();
                    for (int i = 1; i <= columns; i++) {
                        row.add(found.getString(i));
                    }
                    rows.add(String.join("|", row.stream().map(String::valueOf).toList()));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    String row(String sql, Object... given) {
        var rows = rows(sql, given);
        if (rows.size() != 1) {
            throw new IllegalStateException("not one row but " + rows + " of " + sql);
        }
        return rows.getFirst();
    }

    void execute(String sql) {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /// What was believed at a position of a subject and predicate: object, from year, until year.
    List<String> believed(String subject, String predicate, long position) {
        return rows(
                """
                select v.object, extract(year from moment(v.valid_from))::int,
                       case when v.valid_until = 9223372036854775807 then 'open'
                            else extract(year from moment(v.valid_until))::text end
                from fact_version v
                join entity e on e.node = v.subject join predicate p on p.no = v.predicate
                where e.id = ? and p.name = ? and v.from_position <= ? and ? < v.until_position
                order by v.valid_from, v.object
                """,
                subject,
                predicate,
                position,
                position);
    }

    @Override
    public void close() {
        recorder.close();
    }
}
