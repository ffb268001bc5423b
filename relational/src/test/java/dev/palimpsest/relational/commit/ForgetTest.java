package dev.palimpsest.relational.commit;

import static dev.palimpsest.relational.commit.Forgettable.SECRET;
import static dev.palimpsest.relational.commit.Forgettable.everything;
import static dev.palimpsest.relational.commit.Forgettable.memory;
import static dev.palimpsest.relational.commit.Forgettable.relation;
import static dev.palimpsest.relational.commit.Forgettable.sentence;
import static dev.palimpsest.relational.commit.Forgettable.withEvidence;
import static dev.palimpsest.relational.commit.OpenLedger.SPACE;
import static dev.palimpsest.relational.commit.OpenLedger.says;
import static dev.palimpsest.relational.commit.OpenLedger.since;
import static dev.palimpsest.relational.commit.OpenLedger.statement;
import static dev.palimpsest.relational.commit.OpenLedger.years;
import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Source;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Forgetting.Target;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteItem.Retraction;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteRequest.IdempotencyKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForgetTest {

    private final OpenLedger ledger = new OpenLedger();

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void nothingOfAnEntityCanBeReadAfterwards() {
        Forgettable.describe(ledger, SECRET, "Igor " + SECRET, "us");
        Forgettable.describe(ledger, SECRET, "Igor " + SECRET + " the second", "us");
        ledger.write(says(SECRET, "phone", "12 of " + SECRET, since(2010), "us"));
        ledger.write(sentence("acme", "employs", SECRET, SECRET + " works for acme"));
        ledger.write(memory("m-1", "he was seen", SECRET));
        ledger.execute(
                """
                insert into embedding
                select 'm', sha256(convert_to(t, 'UTF8')), '\\x00' from unnest(array[
                    'Igor Zanzibarov (Thing).', 'Zanzibarov works for acme', 'another text']) t
                """);
        keep("a-key", says(SECRET, "phone", "13", since(2011), "web"));
        assertThat(everything(ledger)).contains(SECRET);

        var report = Forgettable.forget(ledger, new Target.OfEntity(new EntityId(SECRET)));

        assertThat(report.changed()).isTrue();
        assertThat(report.touched())
                .containsEntry("entities", 1L)
                .containsEntry("mentions", 1L)
                .containsEntry("embeddings", 2L)
                .containsKeys("assertions", "factVersions", "profiles");
        assertThat(report.left()).singleElement().asString().contains("m-1");
        assertThat(everything(ledger)).doesNotContain(SECRET);
        assertThat(ledger.rows("select mentions from memory")).containsExactly("{}");
        assertThat(ledger.rows("select id from entity")).containsExactly("acme");
    }

    @Test
    void nothingOfAMemoryCanBeReadAfterwardsNorWhatWasQuotedFromIt() {
        ledger.write(memory(SECRET, "the text of " + SECRET, "acme"));
        ledger.write(
                WriteItem.now(
                        new Action.AssertFact(
                                withEvidence(
                                        statement(
                                                "acme",
                                                "age",
                                                new Value.Text("7"),
                                                since(2010),
                                                "us"),
                                        SECRET,
                                        "seven, said " + SECRET))));

        var report = Forgettable.forget(ledger, new Target.OfMemory(new MemoryId(SECRET)));

        assertThat(report.touched()).containsEntry("memories", 1L).containsEntry("evidence", 1L);
        assertThat(report.left()).singleElement().asString().contains("1 assertions");
        assertThat(everything(ledger)).doesNotContain(SECRET);
        assertThat(ledger.believed("acme", "age", head())).containsExactly("7|2010|open");
    }

    @Test
    void aRivalComesBackWhenTheSourceThatWasBelievedIsForgotten() {
        ledger.registerFunctional("ceo");
        long ours = ledger.positionOf(ledger.write(says("acme", "ceo", "Ann", since(2010), "us")));
        long theirs =
                ledger.positionOf(
                        ledger.write(says("acme", "ceo", "Cat", years(2014, 2016), SECRET)));

        Forgettable.forget(ledger, new Target.OfSource(new SourceId(SECRET)));

        assertThat(ledger.believed("acme", "ceo", ours)).containsExactly("Ann|2010|open");
        assertThat(ledger.believed("acme", "ceo", theirs))
                .as("the past loses what was forgotten, and gains nothing")
                .containsExactly("Ann|2010|2014", "Ann|2016|open");
        assertThat(ledger.believed("acme", "ceo", head())).containsExactly("Ann|2010|open");
        assertThat(everything(ledger)).doesNotContain(SECRET).doesNotContain("Cat");
    }

    @Test
    void whatOthersSaidAsWellIsKnownSinceTheySaidIt() {
        ledger.registerFunctional("ceo");
        long first =
                ledger.positionOf(ledger.write(says("acme", "ceo", "Ann", since(2010), "web")));
        long second =
                ledger.positionOf(ledger.write(says("acme", "ceo", "Ann", since(2012), "us")));

        Forgettable.forget(ledger, new Target.OfSource(new SourceId("web")));

        assertThat(ledger.believed("acme", "ceo", first)).isEmpty();
        assertThat(ledger.believed("acme", "ceo", second)).containsExactly("Ann|2012|open");
        assertThat(ledger.believed("acme", "ceo", head())).containsExactly("Ann|2012|open");
    }

    @Test
    void namesThatOnlyAForgottenSourceGaveAreNeverKnown() {
        Forgettable.describe(ledger, "acme", "Acme", "us");
        Forgettable.describe(ledger, "acme", "Acme " + SECRET, "web");

        Forgettable.forget(ledger, new Target.OfSource(new SourceId("web")));

        assertThat(everything(ledger)).doesNotContain(SECRET);
        assertThat(
                        ledger.rows(
                                """
                                select distinct name from profile
                                where until_position = 9223372036854775807
                                """))
                .containsExactly("Acme");
        assertThat(
                        ledger.row(
                                """
                                select count(*) from (select from_position, lag(until_position)
                                    over (order by from_position) before from profile) p
                                where from_position <> before
                                """))
                .as("a profile follows another without a gap")
                .isEqualTo("0");
    }

    @Test
    void aRivalComesBackWhenTheEntityThatWasTheObjectIsForgotten() {
        ledger.registerFunctional("boss");
        ledger.write(relation("acme", "boss", "ann", "us"));
        long both = ledger.positionOf(ledger.write(relation("acme", "boss", SECRET, "web")));

        Forgettable.forget(ledger, new Target.OfEntity(new EntityId(SECRET)));

        assertThat(ledger.believed("acme", "boss", both)).isEmpty();
        assertThat(ledger.believed("acme", "boss", head())).containsExactly("ann|2010|open");
    }

    @Test
    void theIdOfAForgottenSourceIsTakenOutOfKeptAnswers() {
        keep(
                "a-key",
                WriteItem.now(
                        new Action.DescribeSource(
                                new Source(
                                        new SourceId("source of " + SECRET),
                                        Optional.empty(),
                                        Optional.empty()))));

        Forgettable.forget(ledger, new Target.OfSource(new SourceId("source of " + SECRET)));

        assertThat(ledger.row("select answer from idempotency")).doesNotContain("source of");
    }

    @Test
    void aReasonGivenForAForgottenCorrectionIsForgottenWithIt() {
        ledger.write(relation("acme", "boss", "ann", "us"));
        ledger.write(relation("acme", "partner", "bob", "us"));
        correct(relationOf("acme", "boss", "ann"), "boss", SECRET, "us");
        correct(relationOf("acme", "partner", "bob"), "partner", "cat", "the " + SECRET);
        assertThat(
                        ledger.rows(
                                "select closed_reason from assertion where closed_reason is not null"))
                .containsExactly(SECRET + " follows", "cat follows");

        Forgettable.forget(ledger, new Target.OfEntity(new EntityId(SECRET)));
        assertThat(
                        ledger.rows(
                                "select closed_reason from assertion where closed_reason is not null"))
                .containsExactly("cat follows");
        Forgettable.forget(ledger, new Target.OfSource(new SourceId("the " + SECRET)));

        assertThat(
                        ledger.rows(
                                "select closed_reason from assertion where closed_reason is not null"))
                .isEmpty();
        assertThat(everything(ledger)).doesNotContain(SECRET);
        assertThat(ledger.rows("select object from assertion where corrects is null"))
                .containsExactlyInAnyOrder("ann", "bob");
    }

    private static FactId relationOf(String from, String predicate, String to) {
        return FactId.of(
                SPACE,
                new EntityId(from),
                new PredicateName(predicate),
                new Value.Entity(new EntityId(to)));
    }

    private void correct(FactId fact, String predicate, String to, String source) {
        var said =
                statement(
                        "acme", predicate, new Value.Entity(new EntityId(to)), since(2010), source);
        ledger.write(
                new Action.CorrectFact(
                        new Retraction(fact, Optional.empty(), Optional.empty(), to + " follows"),
                        said));
    }

    private void keep(String key, WriteItem item) {
        ledger.recorder
                .record(
                        new WriteRequest(
                                SPACE,
                                List.of(
                                        item,
                                        WriteItem.now(
                                                new Action.DescribeEntity(
                                                        new EntityId(SECRET), List.of()))),
                                false,
                                Optional.of(new IdempotencyKey(key, "hash"))))
                .join();
    }

    private long head() {
        return Long.parseLong(ledger.row("select last_position from ledger"));
    }
}
