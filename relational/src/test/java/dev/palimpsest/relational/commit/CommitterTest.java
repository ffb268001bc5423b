package dev.palimpsest.relational.commit;

import static dev.palimpsest.relational.commit.OpenLedger.fact;
import static dev.palimpsest.relational.commit.OpenLedger.says;
import static dev.palimpsest.relational.commit.OpenLedger.since;
import static dev.palimpsest.relational.commit.OpenLedger.years;
import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.SourceId;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteItem.Retraction;
import dev.palimpsest.port.WriteResult.Outcome;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommitterTest {

    private final OpenLedger ledger = new OpenLedger();

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void theExampleOfTheDesignIsKnownForEverAtEveryPosition() {
        ledger.registerFunctional("ceo");
        long one = ledger.positionOf(ledger.write(says("acme", "ceo", "Ann", since(2010), "us")));
        long two = ledger.positionOf(ledger.write(says("acme", "ceo", "Bob", since(2015), "us")));
        long three =
                ledger.positionOf(
                        ledger.write(says("acme", "ceo", "Cat", years(2014, 2016), "web")));
        long four =
                ledger.positionOf(
                        ledger.write(
                                new Action.RetractFact(
                                        new Retraction(
                                                fact("acme", "ceo", "Cat"),
                                                Optional.empty(),
                                                Optional.of(new SourceId("web")),
                                                "a rumour"))));

        assertThat(ledger.believed("acme", "ceo", one)).containsExactly("Ann|2010|open");
        assertThat(ledger.believed("acme", "ceo", two))
                .containsExactly("Ann|2010|2015", "Bob|2015|open");
        assertThat(ledger.believed("acme", "ceo", three))
                .containsExactly("Ann|2010|2014", "Cat|2014|2016", "Bob|2016|open");
        assertThat(ledger.believed("acme", "ceo", four))
                .containsExactly("Ann|2010|2015", "Bob|2015|open");
        assertThat(
                        ledger.rows(
                                """
                                select object, said, from_position, closed_reason from assertion
                                order by from_position, valid_from
                                """))
                .containsExactly(
                        "Ann|" + one + "|" + one + "|null",
                        "Ann|" + one + "|" + two + "|null",
                        "Bob|" + two + "|" + two + "|null",
                        "Cat|" + three + "|" + three + "|a rumour");
    }

    @Test
    void sayingTheSameThingTwiceChangesNothing() {
        ledger.registerFunctional("ceo");
        ledger.write(says("acme", "ceo", "Ann", since(2010), "us"));
        ledger.write(says("acme", "ceo", "Cat", years(2014, 2016), "web"));
        String head = ledger.row("select last_position from ledger");

        assertThat(ledger.write(says("acme", "ceo", "Ann", since(2010), "us")))
                .isInstanceOf(Outcome.Unchanged.class);
        assertThat(ledger.write(says("acme", "ceo", "Ann", years(2012, 2013), "us")))
                .isInstanceOf(Outcome.Unchanged.class);
        assertThat(ledger.row("select last_position from ledger")).isEqualTo(head);
    }

    @Test
    void aSecondSourceThatAgreesAddsSupportAndNoVersion() {
        ledger.write(says("acme", "maker", "Ann", since(2010), "us"));
        assertThat(ledger.write(says("acme", "maker", "Ann", since(2010), "web")))
                .isInstanceOf(Outcome.Written.class);

        assertThat(ledger.row("select count(*) from fact_version")).isEqualTo("1");
        assertThat(ledger.row("select count(*) from assertion")).isEqualTo("2");
    }

    @Test
    void aCorrectionHappensAtOnePositionAndKeepsItsReason() {
        ledger.registerFunctional("ceo");
        ledger.write(says("acme", "ceo", "Ann", since(2010), "us"));
        var outcome =
                ledger.write(
                        new Action.CorrectFact(
                                new Retraction(
                                        fact("acme", "ceo", "Ann"),
                                        Optional.of(years(2012, 2013)),
                                        Optional.empty(),
                                        "misread"),
                                OpenLedger.statement(
                                        "acme",
                                        "ceo",
                                        new dev.palimpsest.model.Value.Text("Bob"),
                                        years(2012, 2013),
                                        "us")));

        assertThat(ledger.believed("acme", "ceo", ledger.positionOf(outcome)))
                .containsExactly("Ann|2010|2012", "Bob|2012|2013", "Ann|2013|open");
        assertThat(
                        ledger.rows(
                                """
                                select object, reason, corrects, closed_reason,
                                       from_position = until_position
                                from assertion order by from_position, valid_from
                                """))
                .containsExactly(
                        "Ann|null|null|misread|f",
                        "Ann|null|null|null|f",
                        "Bob|misread|" + fact("acme", "ceo", "Ann") + "|null|f",
                        "Ann|null|null|null|f");
    }

    @Test
    void aCorrectionOfWhatNobodySaysIsRefusedAndWritesNothing() {
        ledger.write(says("acme", "maker", "Ann", years(2010, 2011), "us"));
        String head = ledger.row("select last_position, last_node from ledger");
        var late =
                new Retraction(
                        fact("acme", "maker", "Ann"),
                        Optional.of(years(2012, 2013)),
                        Optional.empty(),
                        "misread");
        var unheard =
                new Retraction(
                        fact("acme", "maker", "Zoe"), Optional.empty(), Optional.empty(), "no");
        var bob =
                OpenLedger.statement(
                        "bolt",
                        "maker",
                        new dev.palimpsest.model.Value.Text("Bob"),
                        since(2012),
                        "us");

        assertThat(ledger.write(new Action.CorrectFact(late, bob)))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(ledger.write(new Action.CorrectFact(unheard, bob)))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(ledger.write(new Action.RetractFact(late)))
                .isInstanceOf(Outcome.Unchanged.class);
        assertThat(ledger.write(new Action.RetractFact(unheard)))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(ledger.row("select last_position, last_node from ledger")).isEqualTo(head);
        assertThat(ledger.rows("select id from entity")).containsExactly("acme");
    }

    @Test
    void anItemSeesTheEffectsOfThoseBeforeItInTheSameRequest() {
        ledger.registerFunctional("ceo");
        var result =
                ledger.request(
                        false,
                        says("acme", "ceo", "Ann", since(2010), "us"),
                        says("acme", "ceo", "Bob", since(2015), "us"),
                        WriteItem.now(
                                new Action.RetractFact(
                                        new Retraction(
                                                fact("acme", "ceo", "Bob"),
                                                Optional.empty(),
                                                Optional.empty(),
                                                "no"))));
        long first = ledger.positionOf(result.outcomes().getFirst());

        assertThat(ledger.believed("acme", "ceo", first)).containsExactly("Ann|2010|open");
        assertThat(ledger.believed("acme", "ceo", first + 1))
                .containsExactly("Ann|2010|2015", "Bob|2015|open");
        assertThat(ledger.believed("acme", "ceo", first + 2)).containsExactly("Ann|2010|2015");
        assertThat(result.bookmark().position().number()).isEqualTo(first + 2);
    }
}
