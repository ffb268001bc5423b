package dev.palimpsest.relational.commit;

import static dev.palimpsest.relational.commit.OpenLedger.SPACE;
import static dev.palimpsest.relational.commit.OpenLedger.replacingAll;
import static dev.palimpsest.relational.commit.OpenLedger.says;
import static dev.palimpsest.relational.commit.OpenLedger.since;
import static dev.palimpsest.relational.commit.OpenLedger.statement;
import static dev.palimpsest.relational.commit.OpenLedger.years;
import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Source;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult.Outcome;
import dev.palimpsest.port.WriteResult.Refusal;
import dev.palimpsest.port.WriteResult.Refusal.Reason;
import dev.palimpsest.space.GeoPoint;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What each kind of item comes to: entities and their profiles, predicates, sources, memories.
class MeaningsTest {

    private static final String PROFILE =
            """
            select e.id, f.type, f.name, f.aliases, f.latitude, f.exists_end
            from profile f join entity e on e.node = f.entity
            where f.until_position = 9223372036854775807 order by e.id
            """;

    private final OpenLedger ledger = new OpenLedger();

    @AfterEach
    void close() {
        Invariants.hold(ledger);
        ledger.close();
    }

    private static Refusal refusal(Outcome outcome) {
        return ((Outcome.Refused) outcome).refusal();
    }

    private static Statement text(String predicate, String object) {
        return statement("q1", predicate, new Value.Text(object), since(2018), "us");
    }

    private Outcome describe(Statement... statements) {
        return ledger.write(new Action.DescribeEntity(new EntityId("q1"), List.of(statements)));
    }

    private static Predicate predicate(String name, boolean functional) {
        return new Predicate(
                new PredicateName(name),
                functional,
                false,
                false,
                Optional.empty(),
                Optional.empty());
    }

    private Outcome register(Predicate predicate) {
        return ledger.write(new Action.RegisterPredicate(predicate));
    }

    private static Memory memory(String text) {
        return new Memory(
                new MemoryId("m-1"),
                text,
                Optional.empty(),
                Optional.of("desk-1"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new GeoPoint(24.1, 121.7)),
                List.of(new EntityId("q1"), new EntityId("q2")),
                new SourceId("desk-1"),
                "{}");
    }

    @Test
    void subjectsAndObjectsComeToBeWithAProfile() {
        ledger.write(
                new Action.AssertFact(
                        statement(
                                "q1",
                                "triggered",
                                new Value.Entity(new EntityId("q2")),
                                since(2018),
                                "us")));

        assertThat(ledger.rows(PROFILE))
                .containsExactly("q1|Thing|null|{}|null|null", "q2|Thing|null|{}|null|null");
    }

    @Test
    void aDescriptionHappensAtOnePositionAndMakesTheProfile() {
        var outcome =
                describe(
                        text("type", "Earthquake"),
                        text("name", "M 6.4"),
                        text("alias", "Hualien \"2018\""),
                        text("alias", "back\\slash, comma"),
                        statement(
                                "q1",
                                "place",
                                new Value.Geo(new GeoPoint(24.1, 121.7)),
                                since(2018),
                                "us"),
                        statement("q1", "exists", new Value.Flag(true), years(2018, 2019), "us"));

        assertThat(ledger.positionOf(outcome)).isEqualTo(1);
        assertThat(ledger.rows(PROFILE))
                .containsExactly(
                        "q1|Earthquake|M 6.4|"
                                + "{\"Hualien \\\"2018\\\"\",\"back\\\\slash, comma\"}|24.1|A");
        assertThat(ledger.row("select count(*) from profile")).isEqualTo("1");
    }

    @Test
    void theSameDescriptionAgainChangesNothingAndAnotherOnlyWhatDiffers() {
        describe(text("name", "M 6.4"), text("type", "Earthquake"));
        assertThat(describe(text("name", "M 6.4"), text("type", "Earthquake")))
                .isInstanceOf(Outcome.Unchanged.class);

        describe(text("name", "M 6.5"), text("type", "Earthquake"));
        assertThat(
                        ledger.rows(
                                """
                                select object, from_position from assertion
                                where until_position = 9223372036854775807 order by object
                                """))
                .containsExactly("Earthquake|1", "M 6.5|2");
        assertThat(ledger.rows(PROFILE)).containsExactly("q1|Earthquake|M 6.5|{}|null|null");
    }

    @Test
    void namesOfOtherTimesAreAliases() {
        ledger.write(says("q1", "name", "Leningrad", years(1924, 1991), "us"));
        ledger.write(says("q1", "name", "Saint Petersburg", since(1991), "us"));
        ledger.write(says("q1", "alias", "Piter", since(1991), "web"));

        assertThat(ledger.rows(PROFILE))
                .containsExactly("q1|Thing|Saint Petersburg|{Leningrad,Piter}|null|null");
    }

    @Test
    void replacingAllTakesThePlaceOfEverythingTheSourceSaidAndOfNothingElse() {
        ledger.registerFunctional("ceo");
        ledger.write(says("q1", "ceo", "Ann", years(2010, 2012), "us"));
        ledger.write(says("q1", "ceo", "Bob", years(2012, 2014), "us"));
        ledger.write(says("q1", "ceo", "Web", years(2000, 2020), "web"));
        var cat = statement("q1", "ceo", new Value.Text("Cat"), years(2011, 2013), "us");
        var outcome = ledger.write(new Action.AssertFact(replacingAll(cat)));

        assertThat(ledger.believed("q1", "ceo", ledger.positionOf(outcome)))
                .containsExactly("Web|2000|2011", "Cat|2011|2013", "Web|2013|2020");
        assertThat(ledger.write(new Action.AssertFact(replacingAll(cat))))
                .isInstanceOf(Outcome.Unchanged.class);
    }

    @Test
    void severalValuesTogetherReplaceAllThatWereSaidBefore() {
        for (String predicate : List.of("alias", "maker")) {
            describe(replacingAll(text(predicate, "a")), replacingAll(text(predicate, "b")));
            assertThat(
                            describe(
                                    replacingAll(text(predicate, "a")),
                                    replacingAll(text(predicate, "b"))))
                    .isInstanceOf(Outcome.Unchanged.class);
            var outcome =
                    describe(
                            replacingAll(text(predicate, "b")), replacingAll(text(predicate, "c")));

            assertThat(ledger.believed("q1", predicate, ledger.positionOf(outcome)))
                    .containsExactly("b|2018|open", "c|2018|open");
        }
    }

    @Test
    void aStrictSpaceRefusesWhatIsNotRegistered() {
        var space = new SpaceId("strict");
        ledger.recorder.makeSpace(new Space(space, true));
        var request =
                new WriteRequest(
                        space,
                        List.of(
                                says("q1", "maker", "Ann", since(2010), "us"),
                                says("q1", "name", "M 6.4", since(2010), "us"),
                                WriteItem.now(
                                        new Action.RegisterPredicate(predicate("maker", false))),
                                says("q1", "maker", "Ann", since(2010), "us")),
                        false,
                        Optional.empty());
        var outcomes = ledger.recorder.record(request).join().outcomes();

        assertThat(refusal(outcomes.get(0)).reason()).isEqualTo(Reason.INVALID);
        assertThat(refusal(outcomes.get(0)).field()).isEqualTo("predicate");
        assertThat(outcomes.subList(1, 4))
                .hasExactlyElementsOfTypes(
                        Outcome.Written.class, Outcome.Defined.class, Outcome.Written.class);
    }

    @Test
    void aPredicateTakesOnlyTheKindOfObjectItIsBoundTo() {
        register(predicate("magnitude", true).of(ObjectKind.NUMBER));
        register(
                new Predicate(
                        new PredicateName("triggered"),
                        false,
                        true,
                        false,
                        Optional.empty(),
                        Optional.empty()));

        assertThat(refusal(ledger.write(says("q1", "magnitude", "big", since(2010), "us"))).field())
                .isEqualTo("object");
        assertThat(refusal(ledger.write(says("q1", "triggered", "big", since(2010), "us"))).field())
                .isEqualTo("object");
        assertThat(refusal(ledger.write(says("q1", "place", "here", since(2010), "us"))).field())
                .isEqualTo("object");
        assertThat(refusal(ledger.write(says("q1", "type", "no word!", since(2010), "us"))).field())
                .isEqualTo("object");
    }

    @Test
    void aPredicateWithFactsKeepsItsDefinition() {
        assertThat(register(predicate("ceo", false))).isInstanceOf(Outcome.Defined.class);
        assertThat(register(predicate("ceo", false))).isInstanceOf(Outcome.Unchanged.class);
        assertThat(register(predicate("ceo", true))).isInstanceOf(Outcome.Defined.class);
        ledger.write(says("acme", "ceo", "Ann", since(2010), "us"));
        assertThat(refusal(register(predicate("ceo", false))).reason()).isEqualTo(Reason.CONFLICT);
        assertThat(register(predicate("ceo", true))).isInstanceOf(Outcome.Unchanged.class);

        ledger.write(says("acme", "maker", "Ann", since(2010), "us"));
        assertThat(refusal(register(predicate("maker", true))).reason()).isEqualTo(Reason.CONFLICT);
        assertThat(refusal(register(predicate("maker", false).of(ObjectKind.NUMBER))).reason())
                .isEqualTo(Reason.CONFLICT);
        assertThat(register(predicate("maker", false).of(ObjectKind.STRING)))
                .isInstanceOf(Outcome.Defined.class);

        assertThat(refusal(register(predicate("name", false))).reason()).isEqualTo(Reason.CONFLICT);
    }

    @Test
    void aMemoryIsKeptOnceAndNeverChanged() {
        assertThat(ledger.write(new Action.KeepMemory(memory("the ground shook"))))
                .isInstanceOf(Outcome.Written.class);
        assertThat(ledger.write(new Action.KeepMemory(memory("the ground shook"))))
                .isInstanceOf(Outcome.Unchanged.class);
        assertThat(refusal(ledger.write(new Action.KeepMemory(memory("it did not")))).reason())
                .isEqualTo(Reason.CONFLICT);

        assertThat(ledger.row("select text, node, mentions, from_position from memory"))
                .isEqualTo("the ground shook|3|{1,2}|1");
        assertThat(ledger.rows(PROFILE)).hasSize(2);
    }

    @Test
    void aSourceIsDescribedWhenSomebodyKnowsMoreOfIt() {
        ledger.write(says("acme", "maker", "Ann", since(2010), "us"));
        var described =
                new Source(new SourceId("us"), Optional.of("sensor"), Optional.of("a network"));

        assertThat(ledger.write(new Action.DescribeSource(described)))
                .isInstanceOf(Outcome.Defined.class);
        assertThat(ledger.write(new Action.DescribeSource(described)))
                .isInstanceOf(Outcome.Unchanged.class);
        assertThat(ledger.rows("select id, kind, description from source"))
                .containsExactly("us|sensor|a network");
        assertThat(SPACE.value()).isEqualTo(ledger.row("select id from space"));
    }
}
