package dev.palimpsest.query.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.query.ledger.Scribe;
import dev.palimpsest.question.Answer;
import dev.palimpsest.question.Constraint;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Constraint.When;
import dev.palimpsest.question.Constraint.Where;
import dev.palimpsest.question.Count;
import dev.palimpsest.question.Dimension;
import dev.palimpsest.question.Grouping;
import dev.palimpsest.question.Hit;
import dev.palimpsest.question.Kind;
import dev.palimpsest.question.Quantity;
import dev.palimpsest.question.Question;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.space.Region;
import dev.palimpsest.time.Interval;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Quakes, which are what they are whenever they were, and a town whose size changed.
class QuantitiesTest {

    private static final SpaceId SPACE = new SpaceId("quakes");
    private static final PredicateName MAGNITUDE = new PredicateName("magnitude");
    private static final PredicateName DEPTH = new PredicateName("depth");
    private static final PredicateName PEOPLE = new PredicateName("people");
    private static final EntityId TOWN = new EntityId("town");
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

    private final Scribe scribe = new Scribe(SPACE);

    @TempDir private Path folder;
    private ReadDoor door;

    @BeforeEach
    void tell() {
        quake("small", 2018, 2.1, 10);
        quake("middling", 2019, 4.4, 30);
        quake("strong", 2020, 6.2, 600);
        say("nameless", Profile.TYPE, new Value.Text("Quake"), Interval.since(year(2018)));
        say("town", Profile.TYPE, new Value.Text("City"), Interval.since(year(1900)));
        say("town", PEOPLE, Value.Numeric.of(1_000), Interval.between(year(1900), year(2000)));
        say("town", PEOPLE, Value.Numeric.of(5_000), Interval.since(year(2000)));
        remember("m-strong", "strong");
        remember("m-nothing");
        door = new ReadDoor(scribe, folder, NOW).follow();
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void theNearerANumberTheBetterAndHalfAsGoodAtEveryHalf() {
        var answer = ask(Set.of(Kind.ENTITY), near(MAGNITUDE, 5.2, 0.5));
        assertThat(names(answer)).containsExactly("middling", "strong", "small");
        assertThat(answer.hits().get(0).by().get(Dimension.WHAT))
                .isCloseTo(Math.pow(2, -1.6), within(1e-9));
        assertThat(answer.hits().get(1).by().get(Dimension.WHAT)).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void severalMultiplyAndWordsBesideThemCountFromAHalf() {
        var wanted =
                new What.Quantities(
                        List.of(
                                new Quantity.Near(MAGNITUDE, 5.2, 1),
                                new Quantity.Near(DEPTH, 600, 570)));
        var strong = hit(ask(Set.of(Kind.ENTITY), wanted), "strong");
        var middling = hit(ask(Set.of(Kind.ENTITY), wanted), "middling");
        assertThat(strong.by().get(Dimension.WHAT)).isCloseTo(0.5, within(1e-9));
        assertThat(middling.by().get(Dimension.WHAT))
                .isCloseTo(Math.pow(2, -0.8) * 0.5, within(1e-9));

        var text = new What.Text("nothing of this is said");
        double words =
                hit(ask(Set.of(Kind.ENTITY), text), "strong")
                        .by()
                        .getOrDefault(Dimension.WHAT, 0.0);
        assertThat(hit(ask(Set.of(Kind.ENTITY), text, wanted), "strong").by().get(Dimension.WHAT))
                .isCloseTo((1 + words) / 2 * 0.5, within(1e-9));
    }

    @Test
    void aKindWithoutTheQuantityFailsABoundAndIsNotJudgedByAWish() {
        var strong =
                bounds(
                        new Quantity.Within(
                                MAGNITUDE, OptionalDouble.of(4), OptionalDouble.empty()));
        assertThat(names(ask(Set.of(Kind.ENTITY), strong)))
                .containsExactlyInAnyOrder("middling", "strong");
        assertThat(names(ask(Set.of(Kind.MEMORY), strong))).containsExactly("m-strong");

        var types = new What.Types(Set.of(new EntityType("Quake")));
        var wished = ask(Set.of(Kind.ENTITY), types, near(MAGNITUDE, 6, 1));
        assertThat(hit(wished, "nameless").by()).containsEntry(Dimension.WHAT, 1.0);

        var everywhere = new Where.Within(new Region.Circle(new GeoPoint(0, 0), 20_040));
        var memories = ask(Set.of(Kind.MEMORY), everywhere, near(MAGNITUDE, 6.2, 1));
        assertThat(hit(memories, "m-nothing").by()).doesNotContainKey(Dimension.WHAT);
        assertThat(hit(memories, "m-strong").by()).containsEntry(Dimension.WHAT, 1.0);
    }

    @Test
    void boundsAreMetAtTheirEndsAndAllOfThemMustBe() {
        var exactly =
                new Quantity.Within(MAGNITUDE, OptionalDouble.of(4.4), OptionalDouble.of(4.4));
        var deep = new Quantity.Within(DEPTH, OptionalDouble.of(31), OptionalDouble.empty());
        assertThat(names(ask(Set.of(Kind.ENTITY), bounds(exactly)))).containsExactly("middling");
        assertThat(ask(Set.of(Kind.ENTITY), bounds(exactly, deep)).hits()).isEmpty();
    }

    @Test
    void aFactIsFoundByTheQuantitiesOfItsSubject() {
        var deep =
                bounds(new Quantity.Within(DEPTH, OptionalDouble.of(100), OptionalDouble.empty()));
        var facts = ask(Set.of(Kind.FACT), deep);
        assertThat(facts.hits())
                .isNotEmpty()
                .allSatisfy(hit ->
                        assertThat(((Hit.Found.OfFact) hit.found()).version().subject())
                                .isEqualTo(new EntityId("strong")));
    }

    @Test
    void aNumberOfStateIsTheOneThatHoldsWhenTheQuestionSays() {
        var many =
                bounds(
                        new Quantity.Within(
                                PEOPLE, OptionalDouble.of(3_000), OptionalDouble.empty()));
        assertThat(names(ask(Set.of(Kind.ENTITY), many))).containsExactly("town");
        assertThat(scoreOfTown(new When.Near(year(2010), Duration.ofDays(1)))).isEqualTo(1);
        assertThat(scoreOfTown(new When.Near(year(1950), Duration.ofDays(1))))
                .isEqualTo(Math.pow(2, -4));
    }

    @Test
    void whatWasNotYetKnownDoesNotCount() {
        var before = Scribe.recordedAt(scribe.head());
        scribe.say(
                new EntityId("small"),
                MAGNITUDE,
                Value.Numeric.of(3.3),
                Interval.at(year(2018)),
                new SourceId("other"));
        door.follow();
        var revised = near(MAGNITUDE, 3.3, 0.1);
        var question = Question.of(SPACE, revised).ofKinds(Set.of(Kind.ENTITY));
        assertThat(door.ask(question).hits().getFirst().by().get(Dimension.WHAT)).isEqualTo(1);
        assertThat(hit(door.ask(question.knownAt(before)), "small").by().get(Dimension.WHAT))
                .isLessThan(0.01);
    }

    @Test
    void countsKnowBounds() {
        var strong =
                bounds(
                        new Quantity.Within(
                                MAGNITUDE, OptionalDouble.of(4), OptionalDouble.empty()));
        var question = Question.of(SPACE, strong).ofKinds(Set.of(Kind.ENTITY));
        assertThat(door.count(new Count(question, new Grouping.Type(), 10)).total()).isEqualTo(2);
    }

    @Test
    void ofAPredicateNobodyUsesTheAnswerSaysSo() {
        var magnitud = new PredicateName("magnitud");
        var hard =
                ask(
                        Set.of(Kind.ENTITY),
                        bounds(
                                new Quantity.Within(
                                        magnitud, OptionalDouble.of(1), OptionalDouble.empty())));
        assertThat(hard.hits()).isEmpty();
        assertThat(hard.note()).hasValueSatisfying(note -> assertThat(note).contains("magnitud"));
        var soft = ask(Set.of(Kind.ENTITY), new What.Text("quake"), near(magnitud, 1, 1));
        assertThat(soft.note()).hasValueSatisfying(note -> assertThat(note).contains("magnitud"));
        assertThat(ask(Set.of(Kind.ENTITY), near(MAGNITUDE, 1, 1)).note()).isEmpty();
    }

    @Test
    void amongMoreThanAreAllJudgedTheNearestAreFound() {
        for (int i = 0; i < 2 * Gathering.FEW; i++) {
            quake("other" + i, 2018, 1 + i / 1_000.0, 5);
        }
        quake("late", 2018, 1.1, 5);
        door.follow();
        assertThat(names(ask(Set.of(Kind.ENTITY), near(MAGNITUDE, 6.3, 0.1))))
                .startsWith("strong", "middling", "small");
        assertThat(names(ask(Set.of(Kind.ENTITY), near(MAGNITUDE, 1.2504, 0.001))))
                .startsWith("other250", "other251");
        var explained =
                door.ask(
                        Question.of(SPACE, near(MAGNITUDE, 6.3, 0.1))
                                .ofKinds(Set.of(Kind.ENTITY))
                                .explained());
        assertThat(explained.explanation())
                .extracting(Answer.Step::name)
                .contains("nearest in quantity", "quantities");
    }

    private double scoreOfTown(When.Near when) {
        var answer = ask(Set.of(Kind.ENTITY), near(PEOPLE, 5_000, 1_000), when);
        return hit(answer, TOWN.value()).by().getOrDefault(Dimension.WHAT, 0.0);
    }

    private static What.Quantities near(PredicateName predicate, double number, double half) {
        return new What.Quantities(List.of(new Quantity.Near(predicate, number, half)));
    }

    private static What.Bounds bounds(Quantity.Within... bounds) {
        return new What.Bounds(List.of(bounds));
    }

    private Answer ask(Set<Kind> kinds, Constraint... constraints) {
        return door.ask(Question.of(SPACE, constraints).ofKinds(kinds));
    }

    private static List<String> names(Answer answer) {
        return answer.hits().stream().map(Hit::id).toList();
    }

    private static Hit hit(Answer answer, String id) {
        return answer.hits().stream().filter(hit -> hit.id().equals(id)).findFirst().orElseThrow();
    }

    private void quake(String id, int year, double magnitude, double depth) {
        var moment = Interval.at(year(year));
        say(id, Profile.TYPE, new Value.Text("Quake"), moment);
        say(id, Profile.EXISTS, new Value.Flag(true), moment);
        say(id, MAGNITUDE, Value.Numeric.of(magnitude), moment);
        say(id, DEPTH, Value.Numeric.of(depth), moment);
    }

    private void remember(String id, String... mentioned) {
        scribe.keep(
                new Memory(
                        new MemoryId(id),
                        "noted",
                        Optional.of(year(2021)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new GeoPoint(1, 1)),
                        List.of(mentioned).stream().map(EntityId::new).toList(),
                        new SourceId("us"),
                        "{}"));
    }

    private void say(String entity, PredicateName predicate, Value object, Interval valid) {
        scribe.say(new EntityId(entity), predicate, object, valid, new SourceId("us"));
    }

    private static Instant year(int year) {
        return Instant.parse(year + "-01-01T00:00:00Z");
    }
}
