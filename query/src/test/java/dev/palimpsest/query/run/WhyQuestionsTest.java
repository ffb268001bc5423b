package dev.palimpsest.query.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.query.ledger.Scribe;
import dev.palimpsest.question.Answer;
import dev.palimpsest.question.Constraint.Why;
import dev.palimpsest.question.Hit;
import dev.palimpsest.question.Kind;
import dev.palimpsest.question.Question;
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

class WhyQuestionsTest {

    private static final SpaceId SPACE = new SpaceId("quakes");
    private static final SourceId RULE = new SourceId("nearest-neighbour-rule");
    private static final PredicateName TRIGGERED = new PredicateName("triggered");
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
    private static final Instant FOURTH = Instant.parse("2018-02-04T13:56:40Z");

    private final Scribe scribe = new Scribe(SPACE);

    @TempDir private Path folder;
    private ReadDoor door;

    @BeforeEach
    void tellOfTwoQuakes() {
        door = new ReadDoor(scribe, folder, NOW);
        scribe.register(
                new Predicate(
                        TRIGGERED,
                        false,
                        true,
                        false,
                        Optional.empty(),
                        Optional.of(ObjectKind.ENTITY)));
        quake("foreshock", 0);
        quake("mainshock", 2);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void betweenTwoIsEverythingOnAChainWithEveryChainItsEvidenceAndHowLikelyTheEffectIs() {
        quake("left", 1);
        quake("right", 1);
        triggered("foreshock", "left", 0.5);
        triggered("foreshock", "right", 0.5);
        triggered("left", "mainshock", 0.5);
        triggered("right", "mainshock", 0.25);
        door.follow();
        var why = new Why.Between(new EntityId("foreshock"), new EntityId("mainshock"), 3, 2);
        var answer = door.ask(Question.of(SPACE, why));
        assertThat(ids(answer))
                .containsExactlyInAnyOrder("foreshock", "left", "right", "mainshock");
        var first = hit(answer, "foreshock");
        assertThat(first.paths()).extracting(Hit.CausalPath::strength).containsExactly(0.25, 0.125);
        assertThat(first.path())
                .allSatisfy(step ->
                        assertThat(step.evidence())
                                .extracting(Hit.Citation::source)
                                .containsExactly(RULE));
        assertThat(hit(answer, "right").paths())
                .extracting(Hit.CausalPath::strength)
                .containsExactly(0.125);
        double either = 1 - (1 - 0.25) * (1 - 0.125);
        assertThat(answer.hits())
                .allSatisfy(hit ->
                        assertThat(hit.likelihood().orElseThrow().probability())
                                .isCloseTo(either, within(1e-12)));
        var facts = door.ask(Question.of(SPACE, why).ofKinds(Set.of(Kind.FACT)));
        assertThat(facts.hits()).hasSize(4);
        assertThat(facts.hits()).allSatisfy(hit -> assertThat(hit.path()).hasSize(2));
    }

    @Test
    void betweenIsEmptyAndSaysSoWhileEitherEndIsNotKnown() {
        var before = Scribe.recordedAt(scribe.head());
        quake("late", 9);
        triggered("foreshock", "mainshock", 1);
        triggered("mainshock", "late", 1);
        door.follow();
        var question =
                Question.of(
                        SPACE, new Why.Between(new EntityId("foreshock"), new EntityId("late"), 3));
        assertThat(ids(door.ask(question))).contains("foreshock", "mainshock", "late");
        var then = door.ask(question.knownAt(before));
        assertThat(then.hits()).isEmpty();
        assertThat(then.note()).hasValueSatisfying(note -> assertThat(note).contains("late"));
        var never =
                door.ask(
                        Question.of(
                                SPACE,
                                new Why.Between(
                                        new EntityId("atlantis"), new EntityId("late"), 3)));
        assertThat(never.note()).hasValueSatisfying(note -> assertThat(note).contains("atlantis"));
    }

    private void triggered(String cause, String effect, double strength) {
        scribe.say(
                new EntityId(cause),
                TRIGGERED,
                new Value.Entity(new EntityId(effect)),
                Interval.since(FOURTH),
                RULE,
                new Qualifiers(
                        OptionalDouble.empty(),
                        OptionalDouble.of(strength),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void aCircleOfCausesIsAnsweredOnce() {
        triggered("a", "b", 1);
        triggered("b", "c", 1);
        triggered("c", "a", 1);
        door.follow();
        var answer = door.ask(Question.of(SPACE, new Why.CausesOf(new EntityId("a"), 6, 10)));
        assertThat(ids(answer)).containsExactly("c", "b");
        assertThat(answer.hits()).allSatisfy(hit -> assertThat(hit.paths()).hasSize(1));
        assertThat(answer.truncated()).isFalse();
    }

    private void quake(String id, int days) {
        scribe.say(
                new EntityId(id),
                Profile.EXISTS,
                new Value.Flag(true),
                Interval.at(FOURTH.plus(Duration.ofDays(days))),
                new SourceId("us"));
    }

    private static List<String> ids(Answer answer) {
        return answer.hits().stream().map(Hit::id).toList();
    }

    private static Hit hit(Answer answer, String id) {
        return answer.hits().stream().filter(hit -> hit.id().equals(id)).findFirst().orElseThrow();
    }
}
