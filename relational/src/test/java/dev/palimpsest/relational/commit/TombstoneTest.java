package dev.palimpsest.relational.commit;

import static dev.palimpsest.relational.commit.Forgettable.SECRET;
import static dev.palimpsest.relational.commit.Forgettable.asked;
import static dev.palimpsest.relational.commit.Forgettable.everything;
import static dev.palimpsest.relational.commit.Forgettable.memory;
import static dev.palimpsest.relational.commit.Forgettable.relation;
import static dev.palimpsest.relational.commit.Forgettable.withEvidence;
import static dev.palimpsest.relational.commit.OpenLedger.SPACE;
import static dev.palimpsest.relational.commit.OpenLedger.says;
import static dev.palimpsest.relational.commit.OpenLedger.since;
import static dev.palimpsest.relational.commit.OpenLedger.statement;
import static dev.palimpsest.relational.commit.OpenLedger.years;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.Sha256;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.ChangeFeed;
import dev.palimpsest.port.Forgetting.Target;
import dev.palimpsest.port.Row;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.Tombstones;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteResult.Outcome;
import dev.palimpsest.port.WriteResult.Refusal;
import dev.palimpsest.relational.CommitSignal;
import dev.palimpsest.relational.PgChangeFeed;
import dev.palimpsest.relational.PgTombstones;
import dev.palimpsest.time.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TombstoneTest {

    private final OpenLedger ledger = new OpenLedger();

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void whatWasForgottenIsRefusedWhereverItIsNamedUntilThatIsLifted() {
        ledger.write(relation("acme", "boss", "ann", "us"));
        ledger.write(memory("m-1", "text", "bob"));
        Forgettable.forget(ledger, new Target.OfEntity(new EntityId("ann")));
        Forgettable.forget(ledger, new Target.OfMemory(new MemoryId("m-1")));
        Forgettable.forget(ledger, new Target.OfSource(new SourceId("us")));

        assertRefused(says("ann", "age", "7", since(2010), "web"), "subject");
        assertRefused(relation("acme", "boss", "ann", "web"), "object");
        assertRefused(memory("m-2", "text", "ann"), "mentions");
        assertRefused(memory("m-1", "other", "bob"), "id");
        assertRefused(says("acme", "age", "7", since(2010), "us"), "source");
        assertRefused(
                WriteItem.now(
                        new Action.AssertFact(
                                withEvidence(
                                        statement(
                                                "acme",
                                                "age",
                                                new Value.Text("7"),
                                                since(2010),
                                                "web"),
                                        "m-1",
                                        "seven"))),
                "evidence.memory");
        ledger.restart();
        assertRefused(says("ann", "age", "7", since(2010), "web"), "subject");

        assertThat(ledger.recorder.lift(asked(new Target.OfEntity(new EntityId("ann")))).join())
                .isTrue();
        assertThat(ledger.write(says("ann", "age", "7", since(2010), "web")))
                .isInstanceOf(Outcome.Written.class);
        assertThat(ledger.recorder.lift(asked(new Target.OfEntity(new EntityId("ann")))).join())
                .isFalse();
    }

    @Test
    void aForgottenSpaceIsEmptyAndNotMadeAgainUntilThatIsLifted() {
        Forgettable.describe(ledger, SECRET, "Igor", "us");
        ledger.write(memory("m-1", "text", SECRET));
        Forgettable.forget(ledger, new Target.OfMemory(new MemoryId("m-1")));

        var report = Forgettable.forget(ledger, new Target.Everything());

        assertThat(report.touched()).containsEntry("entities", 1L).containsEntry("sources", 2L);
        assertThat(everything(ledger)).doesNotContain(SECRET);
        assertThatThrownBy(() -> ledger.recorder.makeSpace(new Space(SPACE, false)))
                .isInstanceOf(StoreException.Forgotten.class);
        assertThat(ledger.recorder.lift(asked(new Target.Everything())).join()).isTrue();
        clean();
        assertThat(ledger.recorder.makeSpace(new Space(SPACE, false))).isTrue();
        assertRefused(memory("m-1", "text", "bob"), "id");
        assertThat(ledger.write(memory("m-2", "text", SECRET))).isInstanceOf(Outcome.Written.class);
    }

    @Test
    void onlyTryingChangesNothingAndSaysWhatItWouldTouch() {
        ledger.registerFunctional("boss");
        ledger.write(relation("acme", "boss", "bob", "us"));
        ledger.write(relation("acme", "boss", "ann", "web"));
        var before = everything(ledger);

        var tried =
                ledger.recorder
                        .forget(asked(new Target.OfEntity(new EntityId("ann"))), true)
                        .join();

        assertThat(tried.changed()).isFalse();
        assertThat(everything(ledger)).isEqualTo(before);
        var done = Forgettable.forget(ledger, new Target.OfEntity(new EntityId("ann")));
        assertThat(done.touched()).isEqualTo(tried.touched()).isNotEmpty();
    }

    @Test
    void forgettingAgainChangesNothingAndWhatNeverWasIsNotFound() {
        Forgettable.describe(ledger, "ann", "Ann", "us");
        Forgettable.forget(ledger, new Target.OfEntity(new EntityId("ann")));
        var before = everything(ledger);

        assertThat(Forgettable.forget(ledger, new Target.OfEntity(new EntityId("ann"))).changed())
                .isFalse();
        assertThat(everything(ledger)).isEqualTo(before);
        for (var unknown :
                List.of(
                        new Target.OfEntity(new EntityId("bob")),
                        new Target.OfMemory(new MemoryId("ann")),
                        new Target.OfSource(new SourceId("ann")))) {
            assertThatThrownBy(() -> Forgettable.forget(ledger, unknown))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(StoreException.NotFound.class);
        }
    }

    @Test
    void whatIsWrittenMeanwhileIsForgottenOrRefused() {
        Forgettable.describe(ledger, SECRET, "Igor", "us");
        var outcomes = new ConcurrentLinkedQueue<Outcome>();
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 400; i++) {
                int year = 1900 + i % 100;
                writers.execute(() ->
                        outcomes.add(
                                ledger.write(
                                        says(SECRET, "seen", "x", years(year, year + 1), "us"))));
                if (i == 200) {
                    writers.execute(() ->
                            Forgettable.forget(ledger, new Target.OfEntity(new EntityId(SECRET))));
                }
            }
        }

        assertThat(outcomes).hasSize(400);
        assertThat(everything(ledger)).doesNotContain(SECRET);
        assertRefused(says(SECRET, "seen", "x", since(2010), "us"), "subject");
        assertThat(outcomes)
                .filteredOn(Outcome.Refused.class::isInstance)
                .allSatisfy(refused ->
                        assertThat(((Outcome.Refused) refused).refusal().reason())
                                .isEqualTo(Refusal.Reason.FORGOTTEN));
    }

    @Test
    void whatIsLeftIsCleanedAwayOnce() {
        Forgettable.describe(ledger, "ann", "Ann", "us");
        Forgettable.forget(ledger, new Target.OfEntity(new EntityId("ann")));
        // Computed by someone who read the text before it was forgotten, and kept after.
        ledger.execute(
                "insert into embedding values ('m', sha256(convert_to('Ann (Thing).', 'UTF8')), '\\x00')");

        clean();

        assertThat(ledger.row("select count(*) from embedding")).isEqualTo("0");
        assertThat(ledger.row("select count(*) from gone_text")).isEqualTo("0");
        var tombstones = new PgTombstones(ledger.database.dataSource());
        assertThat(tombstones.remainders()).isEmpty();
        assertThat(tombstones.of(SPACE, Position.START, 10))
                .singleElement()
                .satisfies(tombstone -> {
                    assertThat(tombstone.kind()).isEqualTo("entity");
                    assertThat(tombstone.idHash()).isEqualTo(Sha256.hex("ann"));
                    assertThat(tombstone.cleaned()).isTrue();
                    assertThat(tombstone.touched()).containsEntry("entities", 1L);
                });
    }

    @Test
    void nothingIsCleanWhileSomebodyReadsTheLedgerAsItWasBefore() throws SQLException {
        Forgettable.describe(ledger, "ann", "Ann", "us");
        try (var reading = ledger.database.dataSource().getConnection();
                var query = reading.createStatement()) {
            reading.setAutoCommit(false);
            reading.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            query.execute("select count(*) from entity");
            Forgettable.forget(ledger, new Target.OfEntity(new EntityId("ann")));

            var tombstones = new PgTombstones(ledger.database.dataSource());
            assertThat(tombstones.clean(tombstones.remainders())).isFalse();
            assertThat(tombstones.of(SPACE, Position.START, 10))
                    .noneMatch(Tombstones.Tombstone::cleaned);
            assertThat(tombstones.remainders()).hasSize(1);
        }

        clean();

        assertThat(ledger.row("select count(*) from gone_row")).isEqualTo("0");
        assertThat(ledger.row("select cleaned from forgotten")).isEqualTo("t");
    }

    @Test
    void whoeverStandsBeforeWhatWasCleanedAwayMustBeBuiltAgain() {
        Forgettable.describe(ledger, "ann", "Ann", "us");
        Forgettable.forget(ledger, new Target.OfEntity(new EntityId("ann")));
        var feed = new PgChangeFeed(ledger.database.dataSource(), new CommitSignal());
        assertThat(feed.changesAfter(Position.START, 10).gone()).isNotEmpty();

        clean();

        assertThatThrownBy(() -> feed.changesAfter(Position.START, 10))
                .isInstanceOf(StoreException.Corrupt.class)
                .hasMessageContaining("rebuild");
        ledger.write(says("acme", "age", "7", since(2010), "us"));
        assertThat(feed.changesAfter(new Position(2), 10).rows()).isNotEmpty();
    }

    @Test
    void onceAForgettingWasReadNobodyIsGivenWhatWasReadBeforeIt() {
        Forgettable.describe(ledger, "ann", "Ann", "us");
        var feed = new PgChangeFeed(ledger.database.dataSource(), new CommitSignal());
        var before = feed.changesAfter(Position.START, 100);
        assertThat(before.rows().toString()).contains("Ann");

        Forgettable.forget(ledger, new Target.OfEntity(new EntityId("ann")));
        assertThat(feed.changesAfter(before.upTo(), 100).gone()).isNotEmpty();

        assertThat(feed.changesAfter(Position.START, 100).rows().toString()).doesNotContain("Ann");
    }

    @Test
    void whoFollowsIsToldThatAForgottenSourceNoLongerSaysWhatOthersSayToo() {
        ledger.write(says("acme", "age", "7", since(2010), "us"));
        ledger.write(says("acme", "age", "7", since(2010), "web"));
        ledger.registerFunctional("ceo");
        ledger.write(says("acme", "ceo", "Ann", since(2010), "us"));
        ledger.write(says("acme", "ceo", "Ann", since(2010), "web"));
        ledger.write(says("acme", "ceo", "Bob", since(2010), "us"));
        ledger.write(says("acme", "age", "7", years(1990, 1995), "us"));
        var feed = new PgChangeFeed(ledger.database.dataSource(), new CommitSignal());
        var before = feed.changesAfter(Position.START, 100);
        assertThat(saidByWeb(before)).hasSize(2);

        Forgettable.forget(ledger, new Target.OfSource(new SourceId("web")));

        var after = feed.changesAfter(before.upTo(), 100);
        assertThat(saidByWeb(after)).isEmpty();
        assertThat(facts(after))
                .as("what the source never said is not told again")
                .containsExactlyInAnyOrderElementsOf(saidByWeb(before));
        assertThat(saidByWeb(feed.changesAfter(Position.START, 100)))
                .as("nor what was read before to whoever comes later")
                .isEmpty();
    }

    @Test
    void whatIsTooMuchToBeToldAtOnceIsSaidToBeLeft() {
        ledger.write(says("acme", "age", "7", since(2010), "us"));
        ledger.write(says("acme", "age", "7", since(2010), "web"));
        ledger.execute(
                """
                create table made as select gen_random_uuid() as fact from generate_series(1, 20000);
                insert into assertion
                select (jsonb_populate_record(
                    a, jsonb_build_object('id', gen_random_uuid(), 'fact', made.fact))).*
                from assertion a, made;
                insert into fact_version
                select (jsonb_populate_record(
                    v, jsonb_build_object('id', gen_random_uuid(), 'fact', made.fact))).*
                from fact_version v, made;
                drop table made
                """);

        var report = Forgettable.forget(ledger, new Target.OfSource(new SourceId("web")));

        assertThat(report.left()).singleElement().asString().contains("rebuild text and vectors");
        assertThat(report.touched()).containsEntry("leftInTextAndVectors", 20_001L);
        assertThat(
                        ledger.rows(
                                """
                                select distinct kind from change
                                where position = (select last_position from ledger)
                                """))
                .as("nothing but that something was forgotten")
                .containsExactly("7");
    }

    private static List<RowId> saidByWeb(ChangeFeed.Batch changes) {
        return changes.rows().stream()
                .filter(row ->
                        row instanceof Row.OfFact fact
                                && fact.sources().contains(new SourceId("web")))
                .map(row -> ((Row.OfFact) row).version().id())
                .toList();
    }

    private static List<RowId> facts(ChangeFeed.Batch changes) {
        return changes.rows().stream()
                .filter(Row.OfFact.class::isInstance)
                .map(row -> ((Row.OfFact) row).version().id())
                .toList();
    }

    @Test
    void aSpaceThatLostItsNameWhileItWasCleanedKeepsNothingElseFromBeingCleaned() {
        ledger.write(memory("m-1", "text", "bob"));
        Forgettable.forget(ledger, new Target.Everything());
        ledger.execute("update space set id = '#' || no where forgotten");
        var tombstones = new PgTombstones(ledger.database.dataSource());

        assertThat(tombstones.remainders()).isEmpty();
        assertThat(tombstones.clean(List.of())).isTrue();

        assertThat(ledger.row("select cleaned from forgotten")).isEqualTo("t");
    }

    private void clean() {
        var tombstones = new PgTombstones(ledger.database.dataSource());
        assertThat(tombstones.clean(tombstones.remainders())).isTrue();
    }

    private void assertRefused(WriteItem item, String field) {
        assertThat(ledger.write(item))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> {
                            assertThat(refused.refusal().reason())
                                    .isEqualTo(Refusal.Reason.FORGOTTEN);
                            assertThat(refused.refusal().field()).isEqualTo(field);
                            assertThat(refused.refusal().rule()).contains("forget/lift");
                        });
    }
}
