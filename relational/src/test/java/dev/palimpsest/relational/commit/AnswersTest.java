package dev.palimpsest.relational.commit;

import static dev.palimpsest.relational.commit.OpenLedger.SPACE;
import static dev.palimpsest.relational.commit.OpenLedger.says;
import static dev.palimpsest.relational.commit.OpenLedger.since;
import static dev.palimpsest.relational.commit.OpenLedger.statement;
import static dev.palimpsest.relational.commit.OpenLedger.years;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteRequest.IdempotencyKey;
import dev.palimpsest.port.WriteResult;
import dev.palimpsest.port.WriteResult.Outcome;
import dev.palimpsest.port.WriteResult.Refusal.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What requests as a whole are answered.
class AnswersTest {

    private final OpenLedger ledger = new OpenLedger();

    @AfterEach
    void close() {
        Invariants.hold(ledger);
        ledger.close();
    }

    private CompletableFuture<WriteResult> send(String key, String hash, WriteItem... items) {
        return ledger.recorder.record(
                new WriteRequest(
                        SPACE, List.of(items), false, Optional.of(new IdempotencyKey(key, hash))));
    }

    private static Reason reasonOf(Outcome outcome) {
        return ((Outcome.Refused) outcome).refusal().reason();
    }

    /// A fact that PostgreSQL refuses here, and nothing before it.
    private void poison(String object) {
        ledger.execute(
                "alter table assertion add constraint poison check (object <> '" + object + "')");
    }

    @Test
    void aRequestSentAgainWithItsKeyIsAnsweredAsBeforeAndWritesNothing() {
        var first = send("k-1", "aa", says("acme", "maker", "Ann", since(2010), "us")).join();
        ledger.write(says("acme", "maker", "Bob", since(2010), "us"));
        ledger.restart();
        var again = send("k-1", "aa", says("acme", "maker", "Ann", since(2010), "us")).join();

        assertThat(first.replayed()).isFalse();
        assertThat(again.replayed()).isTrue();
        assertThat(again.outcomes()).isEqualTo(first.outcomes());
        assertThat(again.bookmark()).isEqualTo(first.bookmark());
        assertThat(ledger.row("select last_position from ledger")).isEqualTo("2");
    }

    @Test
    void twoOfTheSameKeySentAtOnceAreCarriedOutOnce() {
        List<CompletableFuture<WriteResult>> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sent.add(send("k-1", "aa", says("acme", "maker", "Ann", since(2010), "us")));
        }

        assertThat(sent.stream().map(CompletableFuture::join).filter(one -> !one.replayed()))
                .hasSize(1);
    }

    @Test
    void theSameKeyForAnotherRequestIsAConflict() {
        send("k-1", "aa", says("acme", "maker", "Ann", since(2010), "us")).join();

        assertThatThrownBy(() ->
                        send("k-1", "bb", says("acme", "maker", "Bob", since(2010), "us")).join())
                .hasCauseInstanceOf(StoreException.Conflict.class);
        assertThat(ledger.rows("select object from assertion")).containsExactly("Ann");
    }

    @Test
    void answersAreForgottenAfterAWeek() {
        send("k-1", "aa", says("acme", "maker", "Ann", since(2010), "us")).join();
        ledger.clock.move(Duration.ofDays(8));
        send("k-2", "bb", says("acme", "maker", "Bob", since(2010), "us")).join();

        assertThat(ledger.rows("select key from idempotency")).containsExactly("k-2");
        assertThat(
                        send("k-1", "cc", says("acme", "maker", "Cat", since(2010), "us"))
                                .join()
                                .replayed())
                .isFalse();
    }

    @Test
    void aDefinitionIsAnsweredWithoutATimeAlsoWhenItIsSentAgain() {
        var definition =
                WriteItem.now(
                        new Action.RegisterPredicate(Predicate.plain(new PredicateName("maker"))));
        var first = send("k-1", "aa", definition).join();
        var again = send("k-1", "aa", definition).join();

        assertThat(first.outcomes()).containsExactly(new Outcome.Defined("maker"));
        assertThat(again.outcomes()).isEqualTo(first.outcomes());
    }

    @Test
    void aRefusalIsPartOfTheAnswerThatIsKept() {
        var bad = says("acme", "maker", "nul \0", since(2010), "us");
        var good = says("acme", "maker", "Ann", since(2010), "us");
        var first = send("k-1", "aa", bad, good, good).join();
        var again = send("k-1", "aa", bad, good, good).join();

        assertThat(first.outcomes())
                .hasExactlyElementsOfTypes(
                        Outcome.Refused.class, Outcome.Written.class, Outcome.Unchanged.class);
        assertThat(again.outcomes()).isEqualTo(first.outcomes());
    }

    @Test
    void ofAnAtomicRequestWithABadItemNothingIsWritten() {
        var result =
                ledger.request(
                        true,
                        says("acme", "maker", "Ann", since(2010), "us"),
                        says("acme", "place", "nowhere", since(2010), "us"),
                        says("bolt", "maker", "Bob", since(2010), "us"));

        assertThat(result.outcomes().stream().map(AnswersTest::reasonOf))
                .containsExactly(Reason.NOT_TRIED, Reason.INVALID, Reason.NOT_TRIED);
        assertThat(ledger.rows("select id from entity")).isEmpty();
        assertThat(ledger.rows("select name from predicate")).isEmpty();
        assertThat(ledger.row("select last_position, last_node from ledger")).isEqualTo("0|0");
    }

    @Test
    void ofAnAtomicRequestTheItemIsNamedThatPostgreSqlRefuses() {
        poison("Bob");
        var result =
                ledger.request(
                        true,
                        says("acme", "maker", "Ann", since(2010), "us"),
                        says("bolt", "maker", "Bob", since(2010), "us"),
                        says("cone", "maker", "Cat", since(2010), "us"));

        assertThat(result.outcomes().stream().map(AnswersTest::reasonOf))
                .containsExactly(Reason.NOT_TRIED, Reason.INVALID, Reason.NOT_TRIED);
        assertThat(ledger.rows("select id from entity")).isEmpty();
    }

    @Test
    void othersInTheBatchOfARefusedAtomicRequestAreWritten() {
        List<CompletableFuture<WriteResult>> sent = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            var good = says("s" + i, "maker", "Ann", since(2010), "us");
            var bad = says("s" + i, "place", "nowhere", since(2010), "us");
            sent.add(
                    ledger.recorder.record(
                            new WriteRequest(
                                    SPACE,
                                    i % 3 == 0 ? List.of(good, bad) : List.of(good),
                                    true,
                                    Optional.empty())));
        }

        for (int i = 0; i < sent.size(); i++) {
            assertThat(sent.get(i).join().outcomes().getFirst())
                    .isInstanceOf(i % 3 == 0 ? Outcome.Refused.class : Outcome.Written.class);
        }
        assertThat(ledger.row("select count(*) from entity")).isEqualTo("40");
    }

    @Test
    void ofTheOtherRequestsOnlyTheBadItemIsNotWritten() {
        var result =
                ledger.request(
                        false,
                        says("acme", "maker", "Ann", since(2010), "us"),
                        says("acme", "place", "nowhere", since(2010), "us"),
                        says("bolt", "maker", "Bob", since(2010), "us"));

        assertThat(result.outcomes())
                .hasExactlyElementsOfTypes(
                        Outcome.Written.class, Outcome.Refused.class, Outcome.Written.class);
    }

    @Test
    void whatPostgresRefusesFailsAloneAndLeavesNoTraceInMemory() {
        ledger.registerFunctional("ceo");
        poison("poison");
        List<CompletableFuture<WriteResult>> sent = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String object = i % 50 == 7 ? "poison" : "Ann";
            sent.add(
                    ledger.recorder.record(
                            new WriteRequest(
                                    SPACE,
                                    List.of(
                                            says(
                                                    "s" + i % 9,
                                                    "ceo",
                                                    object,
                                                    since(1000 + i),
                                                    "us")),
                                    false,
                                    Optional.empty())));
        }

        for (int i = 0; i < sent.size(); i++) {
            var outcome = sent.get(i).join().outcomes().getFirst();
            if (i % 50 == 7) {
                assertThat(reasonOf(outcome)).isEqualTo(Reason.INVALID);
            } else {
                assertThat(outcome).isNotInstanceOf(Outcome.Refused.class);
            }
        }
        assertThat(ledger.write(says("s1", "ceo", "Bob", years(1500, 1600), "web")))
                .isInstanceOf(Outcome.Written.class);
    }

    @Test
    void whatPostgresRefusesInALongRequestIsFoundAmongItsItems() {
        poison("poison");
        var items =
                IntStream.range(0, 100)
                        .mapToObj(i ->
                                says(
                                        "s" + i,
                                        "maker",
                                        i % 40 == 3 ? "poison" : "Ann",
                                        since(2010),
                                        "us"))
                        .toArray(WriteItem[]::new);
        var outcomes = ledger.request(false, items).outcomes();

        assertThat(IntStream.range(0, 100).filter(i -> outcomes.get(i) instanceof Outcome.Refused))
                .containsExactly(3, 43, 83);
        assertThat(ledger.row("select count(*) from entity")).isEqualTo("97");
        assertThat(ledger.request(true, items).outcomes())
                .allMatch(Outcome.Refused.class::isInstance);
    }

    @Test
    void textThatPostgresCannotKeepIsRefusedBeforeItGetsThere() {
        var half = says("acme", "maker", "half \ud83d", since(2010), "us");
        var nul =
                WriteItem.now(
                        new Action.AssertFact(
                                statement(
                                        "acme",
                                        "maker",
                                        new Value.Json("{\"a\":\"\0\"}"),
                                        since(2010),
                                        "us")));

        assertThat(ledger.request(false, half, nul).outcomes().stream().map(AnswersTest::reasonOf))
                .containsExactly(Reason.INVALID, Reason.INVALID);
    }

    @Test
    void anUnknownSpaceFailsTheRequest() {
        var request =
                new WriteRequest(
                        new SpaceId("nowhere"),
                        List.of(says("acme", "maker", "Ann", since(2010), "us")),
                        false,
                        Optional.empty());

        assertThatThrownBy(() -> ledger.recorder.record(request).join())
                .hasCauseInstanceOf(StoreException.NotFound.class);
    }

    @Test
    void aSpaceIsMadeOnceAndKeepsItsSettings() {
        var strict = new Space(new SpaceId("strict"), true);

        assertThat(ledger.recorder.makeSpace(strict)).isTrue();
        assertThat(ledger.recorder.makeSpace(strict)).isFalse();
        assertThatThrownBy(() -> ledger.recorder.makeSpace(new Space(strict.id(), false)))
                .isInstanceOf(StoreException.Conflict.class);
    }
}
