package dev.palimpsest.query.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.query.ledger.InMemoryLedger;
import dev.palimpsest.query.ledger.Scribe;
import dev.palimpsest.query.rank.Fusion;
import dev.palimpsest.question.Answer;
import dev.palimpsest.question.Answer.Step;
import dev.palimpsest.question.Constraint;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Constraint.When;
import dev.palimpsest.question.Constraint.Where;
import dev.palimpsest.question.Constraint.Why;
import dev.palimpsest.question.Dimension;
import dev.palimpsest.question.Hit;
import dev.palimpsest.question.Kind;
import dev.palimpsest.question.Question;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.space.Region;
import dev.palimpsest.time.Bookmark;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuestionReaderTest {

    private static final SpaceId SPACE = new SpaceId("quakes");
    private static final SourceId NETWORK = new SourceId("us");
    private static final SourceId RULE = new SourceId("nearest-neighbour-rule");
    private static final PredicateName TRIGGERED = new PredicateName("triggered");
    private static final PredicateName MAGNITUDE = new PredicateName("magnitude");
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
    private static final Instant FOURTH = Instant.parse("2018-02-04T13:56:40Z");
    private static final Instant SIXTH = Instant.parse("2018-02-06T15:50:42Z");
    private static final GeoPoint HUALIEN = new GeoPoint(24.17, 121.65);
    private static final GeoPoint SEA = new GeoPoint(24.15, 121.7);
    private static final GeoPoint ALASKA = new GeoPoint(61, -150);

    private final Scribe scribe = new Scribe(SPACE);

    @TempDir private Path folder;
    private ReadDoor door;

    @BeforeEach
    void tellOfThreeQuakes() {
        door = new ReadDoor(scribe, folder, NOW);
        scribe.register(
                new Predicate(
                        TRIGGERED,
                        false,
                        true,
                        false,
                        Optional.empty(),
                        Optional.of(ObjectKind.ENTITY)));
        quake("foreshock", "M 6.1 offshore of Hualian, Taiwan", FOURTH, SEA);
        quake("mainshock", "M 6.4 near Hualian, Taiwan", SIXTH, HUALIEN);
        quake("anchorage", "M 2.0 near Anchorage, Alaska", SIXTH, ALASKA);
        say("mainshock", MAGNITUDE, Value.Numeric.of(6.4), Interval.since(SIXTH), NETWORK);
        scribe.say(
                new EntityId("foreshock"),
                TRIGGERED,
                new Value.Entity(new EntityId("mainshock")),
                Interval.since(SIXTH),
                RULE,
                new Qualifiers(
                        OptionalDouble.empty(),
                        OptionalDouble.of(0.75),
                        Optional.of(new Qualifiers.Delay(Duration.ofHours(50), Optional.empty())),
                        Optional.of("the foreshock of 4 February led to the mainshock")));
        keep("note", "the hospital in Hualian reports injured people", SIXTH, "mainshock");
        door.follow();
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void wordsFindEntitiesAndMemories() {
        var answer = ask(new What.Text("Hualian"));
        assertThat(ids(answer)).contains("mainshock", "foreshock", "note");
        assertThat(ids(answer).subList(0, 2)).doesNotContain("anchorage");
        assertThat(answer.hits())
                .allSatisfy(hit -> assertThat(hit.by()).containsOnlyKeys(Dimension.WHAT));
        assertThat(answer.note()).isEmpty();
    }

    @Test
    void allFourDimensionsAreScoredAndTheScoreIsMadeOfThem() {
        var answer =
                ask(
                        new What.Text("quake offshore of Hualian"),
                        new Where.Around(HUALIEN, 30),
                        new When.Near(FOURTH, Duration.ofDays(1)),
                        new Why.CausesOf(new EntityId("mainshock"), 3));
        var best = answer.hits().getFirst();
        assertThat(best.id()).isEqualTo("foreshock");
        assertThat(best.by())
                .containsOnlyKeys(Dimension.WHAT, Dimension.WHERE, Dimension.WHEN, Dimension.WHY);
        assertThat(best.by()).containsEntry(Dimension.WHY, 0.75).containsEntry(Dimension.WHEN, 1.0);
        assertThat(best.by().get(Dimension.WHERE))
                .isCloseTo(Math.pow(0.5, SEA.kilometresTo(HUALIEN) / 30), within(1e-6));
        double mean = Fusion.of(best.by().values());
        assertThat(best.score()).isCloseTo(mean, within(1e-9));
    }

    @Test
    void aCauseComesWithItsChainAndWhoSaysSo() {
        var answer = ask(new Why.CausesOf(new EntityId("mainshock"), 3));
        assertThat(ids(answer)).containsExactly("foreshock");
        var hit = answer.hits().getFirst();
        assertThat(hit.path()).hasSize(1);
        var step = hit.path().getFirst();
        assertThat(step.cause()).isEqualTo(new EntityId("foreshock"));
        assertThat(step.effect()).isEqualTo(new EntityId("mainshock"));
        assertThat(step.strength()).hasValue(0.75);
        assertThat(step.delay()).map(Qualifiers.Delay::mean).hasValue(Duration.ofHours(50));
        assertThat(hit.evidence()).extracting(Hit.Citation::source).containsExactly(NETWORK);
        assertThat(hit.folded()).hasSize(1);
        var folded = hit.folded().getFirst();
        assertThat(folded.id()).isEqualTo(step.fact().toString());
        assertThat(folded.evidence()).extracting(Hit.Citation::source).containsExactly(RULE);
        assertThat(folded.evidence().getFirst().quote()).hasValue("as " + RULE + " says");
    }

    @Test
    void effectsIncludeTheMemoryThatMentionsOne() {
        var answer = ask(new Why.EffectsOf(new EntityId("foreshock"), 1));
        assertThat(ids(answer)).contains("mainshock", "note");
        assertThat(hit(answer, "note").by()).containsEntry(Dimension.WHY, 0.75);
        assertThat(hit(answer, "note").evidence())
                .containsExactly(
                        new Hit.Citation(
                                new SourceId("desk"),
                                Optional.empty(),
                                Optional.of(new MemoryId("note")),
                                Optional.empty()));
    }

    @Test
    void betweenAFirstCauseAndALastEffectThePathReadsAsOne() {
        quake("aftershock", "M 4.0 near Hualian, Taiwan", SIXTH.plusSeconds(600), HUALIEN);
        say(
                "mainshock",
                TRIGGERED,
                new Value.Entity(new EntityId("aftershock")),
                Interval.since(SIXTH),
                RULE);
        door.follow();
        var answer =
                ask(
                        new Why.CausesOf(new EntityId("aftershock"), 3),
                        new Why.EffectsOf(new EntityId("foreshock"), 3));
        var hit = hit(answer, "mainshock");
        assertThat(hit.path())
                .extracting(step -> step.cause().value() + " to " + step.effect().value())
                .containsExactly("foreshock to mainshock", "mainshock to aftershock");
        assertThat(hit.by()).containsEntry(Dimension.WHY, 0.75);
    }

    @Test
    void aMemoryHasHalfThePlaceOfWhatItMentions() {
        var answer = ask(new Where.Within(new Region.Circle(HUALIEN, 80)));
        assertThat(ids(answer)).containsExactly("mainshock", "foreshock", "note");
        assertThat(hit(answer, "note").by()).containsEntry(Dimension.WHERE, 0.5);
    }

    @Test
    void aFactFoldsUnderItsSubjectAndStandsAloneWithoutIt() {
        var region = new Where.Within(new Region.Circle(HUALIEN, 80));
        var together = ask(region);
        assertThat(together.hits()).extracting(Hit::kind).doesNotContain(Kind.FACT);
        assertThat(hit(together, "mainshock").folded())
                .extracting(folded -> ((Hit.Found.OfFact) folded.found()).version().predicate())
                .contains(MAGNITUDE);
        var facts = door.ask(Question.of(SPACE, region).ofKinds(Set.of(Kind.FACT)));
        assertThat(facts.hits()).isNotEmpty().extracting(Hit::kind).containsOnly(Kind.FACT);
    }

    @Test
    void whatIsKnownLaterIsNotKnownBefore() {
        var before = Scribe.recordedAt(scribe.head());
        var first = ask(new Why.CausesOf(new EntityId("mainshock"), 3));
        quake("earlier", "M 5.0 offshore of Hualian, Taiwan", FOURTH.minusSeconds(60), SEA);
        say(
                "earlier",
                TRIGGERED,
                new Value.Entity(new EntityId("foreshock")),
                Interval.since(FOURTH),
                RULE);
        door.follow();
        var question = Question.of(SPACE, new Why.CausesOf(new EntityId("mainshock"), 3));
        assertThat(ids(door.ask(question))).containsExactly("foreshock", "earlier");
        var then = door.ask(question.knownAt(before));
        assertThat(then.hits()).isEqualTo(first.hits());
        assertThat(then.bookmark()).isEqualTo(first.bookmark());
    }

    @Test
    void askingAboutSomethingNotYetKnownSaysSo() {
        var question = Question.of(SPACE, new Why.CausesOf(new EntityId("mainshock"), 3));
        var answer = door.ask(question.knownAt(Scribe.FIRST.plusSeconds(1)));
        assertThat(answer.hits()).isEmpty();
        assertThat(answer.note())
                .hasValueSatisfying(note -> assertThat(note).contains("mainshock"));
        var never = ask(new Where.Hops(new EntityId("atlantis"), 2));
        assertThat(never.note()).hasValueSatisfying(note -> assertThat(note).contains("atlantis"));
    }

    @Test
    void whatWasTakenBackDoesNotComeBackFromAnIndexThatLags() {
        var said = say("mainshock", MAGNITUDE, Value.Numeric.of(9), Interval.since(SIXTH), NETWORK);
        door.followWords();
        var question = Question.of(SPACE, new What.Text("magnitude 9")).ofKinds(Set.of(Kind.FACT));
        assertThat(ids(door.ask(question))).contains(said.fact().toString());
        scribe.takeBack(said);
        door.followWords();
        assertThat(ids(door.ask(question))).doesNotContain(said.fact().toString());
    }

    @Test
    void wordsFindWhatHasNoVectorYetAndTheAnswerSaysSo() {
        quake("new", "M 5.5 near Palermo, Sicily", SIXTH, new GeoPoint(38.1, 13.4));
        door.followWords();
        var answer = ask(new What.Text("Palermo"));
        assertThat(answer.hits().getFirst().id()).isEqualTo("new");
        assertThat(answer.note()).hasValueSatisfying(note -> assertThat(note).contains("meaning"));
        door.follow();
        assertThat(ask(new What.Text("Palermo")).note()).isEmpty();
    }

    @Test
    void whileVectorsAreBuiltWordsAnswerAlone() {
        door.vectorsCover(() -> {
            throw new StoreException.Unavailable("the vectors index is being built");
        });
        var answer = ask(new What.Text("Anchorage"));
        assertThat(answer.hits().getFirst().id()).isEqualTo("anchorage");
        assertThat(answer.hits().getFirst().score()).isEqualTo(1);
        assertThat(answer.note())
                .hasValueSatisfying(note -> assertThat(note).contains("being built"));
    }

    @Test
    void aBookmarkIsWaitedFor() {
        quake("new", "M 5.5 near Palermo, Sicily", SIXTH, new GeoPoint(38.1, 13.4));
        var bookmark = new Bookmark(InMemoryLedger.EPOCH, 0, scribe.head());
        var question = Question.of(SPACE, new What.Text("Palermo")).after(bookmark);
        assertThatThrownBy(() -> door.ask(question))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining(bookmark.toString());
        door.whileWaiting(door::followWords);
        assertThat(door.ask(question).hits().getFirst().id()).isEqualTo("new");
        assertThat(door.ask(question).bookmark()).isEqualTo(bookmark);
    }

    @Test
    void aBookmarkOfAnotherLedgerIsRefused() {
        var foreign = new Bookmark(new UUID(7, 7), 0, new Position(1));
        var question = Question.of(SPACE, new What.Text("Palermo")).after(foreign);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> door.ask(question))
                .withMessageContaining(foreign.toString());
    }

    @Test
    void aSpaceThatIsNotThereIsNotFound() {
        var question = Question.of(new SpaceId("nowhere"), new What.Text("quake"));
        assertThatThrownBy(() -> door.ask(question))
                .isInstanceOf(StoreException.NotFound.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void anExplanationNamesTheStepsWithRowsAndTime() {
        var question =
                Question.of(
                        SPACE,
                        new What.Text("Hualian"),
                        new Where.Within(new Region.Circle(HUALIEN, 80)));
        assertThat(door.ask(question).explanation()).isEmpty();
        var steps = door.ask(question.explained()).explanation();
        assertThat(steps)
                .extracting(Step::name)
                .contains(
                        "pin", "place join", "words", "embed", "meaning", "read rows", "evidence");
        assertThat(steps).allSatisfy(step -> assertThat(step.milliseconds()).isNotNegative());
        assertThat(steps)
                .filteredOn(step -> step.name().equals("words"))
                .allSatisfy(step -> assertThat(step.estimatedRows()).isPositive());
    }

    @Test
    void softConstraintsOrderAndDoNotFilter() {
        var kinds = Set.of(Kind.ENTITY);
        var near = Question.of(SPACE, new Where.Around(ALASKA, 100)).ofKinds(kinds);
        assertThat(ids(door.ask(near))).startsWith("anchorage").hasSize(3);
        var soon = Question.of(SPACE, new When.Near(FOURTH, Duration.ofHours(1))).ofKinds(kinds);
        assertThat(ids(door.ask(soon))).startsWith("foreshock").hasSize(3);
    }

    @Test
    void whatLacksASoftDimensionIsNotJudgedByIt() {
        scribe.say(
                new EntityId("report"),
                Profile.NAME,
                new Value.Text("Hualian report"),
                Interval.ALWAYS,
                NETWORK);
        door.follow();
        var answer = ask(new What.Text("Hualian report"), new Where.Around(HUALIEN, 30));
        assertThat(hit(answer, "report").by()).containsOnlyKeys(Dimension.WHAT);
    }

    @Test
    void theLimitIsKeptAndFactsThatFoldDoNotCount() {
        var question =
                Question.of(SPACE, new What.Types(Set.of(new EntityType("Earthquake"))))
                        .limitedTo(2);
        var answer = door.ask(question);
        assertThat(answer.hits()).hasSize(2).extracting(Hit::kind).containsOnly(Kind.ENTITY);
    }

    private Answer ask(Constraint... constraints) {
        return door.ask(Question.of(SPACE, constraints));
    }

    private static List<String> ids(Answer answer) {
        return answer.hits().stream().map(Hit::id).toList();
    }

    private static Hit hit(Answer answer, String id) {
        return answer.hits().stream().filter(hit -> hit.id().equals(id)).findFirst().orElseThrow();
    }

    private void quake(String id, String name, Instant moment, GeoPoint place) {
        say(id, Profile.TYPE, new Value.Text("Earthquake"), Interval.since(moment), NETWORK);
        say(id, Profile.NAME, new Value.Text(name), Interval.since(moment), NETWORK);
        say(id, Profile.EXISTS, new Value.Flag(true), Interval.at(moment), NETWORK);
        say(id, Profile.PLACE, new Value.Geo(place), Interval.at(moment), NETWORK);
    }

    private FactVersion say(
            String subject,
            PredicateName predicate,
            Value object,
            Interval valid,
            SourceId source) {
        return scribe.say(new EntityId(subject), predicate, object, valid, source);
    }

    private void keep(String id, String text, Instant occurred, String mentions) {
        scribe.keep(
                new Memory(
                        new MemoryId(id),
                        text,
                        Optional.of(occurred),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new EntityId(mentions)),
                        new SourceId("desk"),
                        "{}"));
    }
}
