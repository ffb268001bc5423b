package dev.palimpsest.relational.commit;

import static dev.palimpsest.relational.commit.OpenLedger.SPACE;
import static dev.palimpsest.relational.commit.OpenLedger.since;
import static dev.palimpsest.relational.commit.OpenLedger.statement;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Evidence;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Forgetting;
import dev.palimpsest.port.Forgetting.Target;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// What tests of forgetting say, and how they look at all that is left.
final class Forgettable {

    static final String SECRET = "Zanzibarov";

    private Forgettable() {}

    static WriteItem relation(String from, String predicate, String to, String source) {
        return WriteItem.now(
                new Action.AssertFact(
                        statement(
                                from,
                                predicate,
                                new Value.Entity(new EntityId(to)),
                                since(2010),
                                source)));
    }

    static WriteItem sentence(String from, String predicate, String to, String words) {
        var said =
                statement(from, predicate, new Value.Entity(new EntityId(to)), since(2010), "us");
        return WriteItem.now(
                new Action.AssertFact(
                        new Statement(
                                said.subject(),
                                said.predicate(),
                                said.object(),
                                said.valid(),
                                said.source(),
                                new Qualifiers(
                                        OptionalDouble.empty(),
                                        OptionalDouble.empty(),
                                        Optional.empty(),
                                        Optional.of(words)),
                                said.evidence(),
                                said.replaces())));
    }

    static Statement withEvidence(Statement said, String memory, String quote) {
        return new Statement(
                said.subject(),
                said.predicate(),
                said.object(),
                said.valid(),
                said.source(),
                said.qualifiers(),
                Optional.of(
                        new Evidence(
                                Optional.of(new MemoryId(memory)),
                                Optional.of(quote),
                                OptionalInt.empty())),
                said.replaces());
    }

    static WriteItem memory(String id, String text, String mentioned) {
        return WriteItem.now(
                new Action.KeepMemory(
                        new Memory(
                                new MemoryId(id),
                                text,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(new EntityId(mentioned)),
                                new SourceId("desk"),
                                "{}")));
    }

    static Forgetting asked(Target target) {
        return new Forgetting(SPACE, target, "asked for");
    }

    static Forgetting.Report forget(OpenLedger ledger, Target target) {
        return ledger.recorder.forget(asked(target), false).join();
    }

    static void describe(OpenLedger ledger, String id, String name, String source) {
        var said = statement(id, "name", new Value.Text(name), since(2000), source);
        ledger.write(new Action.DescribeEntity(new EntityId(id), List.of(said)));
    }

    /// All that can be read in the database.
    static String everything(OpenLedger ledger) {
        var all = new StringBuilder();
        for (var table :
                ledger.rows(
                        """
                        select c.oid::regclass::text from pg_class c
                        where relkind = 'r' and relnamespace = 'public'::regnamespace
                        order by 1
                        """)) {
            ledger.rows("select t::text from " + table + " t order by 1")
                    .forEach(row -> all.append(table).append(' ').append(row).append('\n'));
        }
        return all.toString();
    }
}
