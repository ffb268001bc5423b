package dev.palimpsest.query.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.query.ledger.Scribe;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Constraint.Where;
import dev.palimpsest.question.Hit;
import dev.palimpsest.question.Kind;
import dev.palimpsest.question.Question;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.space.Region;
import dev.palimpsest.time.Interval;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecallTest {

    private static final SpaceId SPACE = new SpaceId("talk");
    private static final Instant MAY = Instant.parse("2023-05-08T13:56:00Z");
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
    private static final GeoPoint OSLO = new GeoPoint(59.9, 10.7);

    private final Scribe scribe = new Scribe(SPACE);

    @TempDir private Path folder;
    private ReadDoor door;

    @BeforeEach
    void open() {
        door = new ReadDoor(scribe, folder, NOW);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void anAnswerIsFoundBesideTheQuestionItAnswers() {
        turn("t1", "s1", "Ann", "Hello Bo");
        turn("t2", "s1", "Ann", "Which instrument did you buy in Lisbon?");
        turn("t3", "s1", "Bo", "A cello, and a bow with it");
        turn("t4", "s2", "Bo", "Tomorrow the tax office opens late");
        turn("t5", "s2", "Ann", "Then we go there together");

        assertThat(found("Bo's instrument from Lisbon", 3)).contains("t2", "t3");
    }

    @Test
    void untilItIsReadMemoriesAreFoundByTheirOwnWordsAndThatIsSaid() {
        turn("t1", "s1", "Ann", "Which instrument did you buy in Lisbon?");
        door.followAllButRecall();

        var answer = door.ask(question("Bo's instrument from Lisbon", 3));

        assertThat(answer.hits()).hasSize(1);
        assertThat(answer.note().orElseThrow()).contains("still being read");
    }

    @Test
    void theSpeakerNamedIsPreferredAmongLikeWords() {
        turn("t1", "s1", "Ann", "My favourite soup is lentil");
        turn("t2", "s2", "Bo", "My favourite soup is pumpkin");

        assertThat(found("What soup is Bo's favourite?", 1)).containsExactly("t2");
        assertThat(found("What soup is Ann's favourite?", 1)).containsExactly("t1");
    }

    @Test
    void aSecondMemoryIsReachedThroughTheEntityThatTheFirstNames() {
        name("kite", "Red Kite");
        name("lee", "Ann Lee");
        note("n1", "Red Kite is a film directed by Ann Lee", "kite");
        note("n2", "Ann Lee grew up in a village near Bergen", "lee");
        for (int i = 0; i < 20; i++) {
            note("other" + i, "A film about a director number " + i + " who was born", "film" + i);
        }

        assertThat(found("Where did the director of Red Kite grow up?", 2))
                .containsExactlyInAnyOrder("n1", "n2");
    }

    @Test
    void ofWhatIsReachedComesFirstWhatSaysWhatIsLeftOpen() {
        name("kite", "Red Kite");
        name("lee", "Ann Lee");
        note("n1", "Red Kite is a film directed by Ann Lee", "kite");
        note("n2", "Ann Lee collects stamps and coins of Norway", "lee");
        note("n3", "Ann Lee went to school in a village near Bergen", "lee");
        note("n4", "Ann Lee keeps two dogs and a parrot", "lee");
        for (int i = 0; i < 20; i++) {
            note("other" + i, "A film about a director number " + i + " at school", "film" + i);
        }

        assertThat(found("Where did the director of Red Kite go to school?", 2))
                .containsExactlyInAnyOrder("n1", "n3");
    }

    @Test
    void whatIsOnlyAskedWithIsNotLookedFor() {
        turn("t1", "s1", "Bo", "One would think he could, and might, and should");
        turn("t2", "s2", "Bo", "My sister sings in an opera");

        assertThat(found("Would, could or should an opera please him?", 1)).containsExactly("t2");
    }

    @Test
    void whatOccurredWhenTheWordsSayIsPreferred() {
        for (var month : List.of("2023-03", "2023-05", "2023-07")) {
            party(month, month + "-08");
        }

        assertThat(found("How was the garden party of spring 2023?", 2))
                .containsExactlyInAnyOrder("2023-03", "2023-05");
    }

    @Test
    void lastYearIsTheYearBeforeTheQuestionWasAsked() {
        for (var year : List.of("2019", "2021", "2023")) {
            party(year, year + "-05-08");
        }
        var words = "How was the garden party last year?";

        for (var year : List.of("2019", "2021", "2023")) {
            var next = Instant.parse(Integer.parseInt(year) + 1 + "-02-01T00:00:00Z");
            var asked = Question.of(SPACE, new What.Text(words, Optional.of(next)));
            assertThat(hits(asked.ofKinds(Set.of(Kind.MEMORY)).limitedTo(1)))
                    .extracting(Hit::id)
                    .containsExactly(year);
        }
    }

    @Test
    void aTimeIsToldByAMemoryOfSomethingElse() {
        party("march", "2023-03-08");
        party("july", "2023-07-22");
        turn("t1", "s1", "Bo", "Our trip to Lisbon begins today");

        assertThat(found("How was the garden party two months before the trip to Lisbon?", 3))
                .containsSubsequence("march", "july");
        assertThat(found("How was the garden party after the trip to Lisbon?", 3))
                .containsSubsequence("july", "march");
    }

    @Test
    void aTimeIsToldByAnEventOfThatName() {
        party("march", "2023-03-08");
        party("july", "2023-07-22");
        turn("t1", "s1", "Bo", "The Harbour Fair is what I look forward to");
        name("fair", "Harbour Fair");
        scribe.say(
                new EntityId("fair"),
                Profile.EXISTS,
                new Value.Flag(true),
                Interval.between(
                        Instant.parse("2023-03-20T00:00:00Z"),
                        Instant.parse("2023-03-23T00:00:00Z")),
                new SourceId("desk"));

        assertThat(found("How was the garden party in the weeks before Harbour Fair?", 3))
                .containsSubsequence("march", "july");
        assertThat(found("How was the garden party four months after Harbour Fair?", 3))
                .containsSubsequence("july", "march");
    }

    @Test
    void namesThatBecomeKnownLaterLinkWhatWasKeptBefore() {
        note("n1", "Red Kite is a film directed by Ann Lee", "kite");
        note("n2", "She comes from a village near Bergen", "lee");
        for (int i = 0; i < 20; i++) {
            note("other" + i, "A film about a director number " + i + " from a town", "film" + i);
        }
        name("kite", "Red Kite");
        name("lee", "Ann Lee");

        assertThat(found("Where does the director of Red Kite come from?", 3)).contains("n1", "n2");
    }

    @Test
    void whatIsKeptLaterDoesNotChangeWhatWasFoundBefore() {
        turn("t1", "s1", "Ann", "Which instrument did you buy?");
        turn("t2", "s1", "Bo", "A cello");
        var then = scribe.head();
        var before = hits(question("instrument", 5));
        turn("t3", "s1", "Bo", "An instrument for an instrument maker of instruments");
        turn("t4", "s1", "Bo", "Another instrument");

        var known = Scribe.recordedAt(then);
        assertThat(hits(question("instrument", 5).knownAt(known)))
                .extracting(Hit::id)
                .containsExactlyElementsOf(before.stream().map(Hit::id).toList());
    }

    @Test
    void whatAHardConstraintLeavesOutIsNotFoundThroughItsSession() {
        turn("t1", "s1", "Ann", "Which instrument did you buy?");
        keep("t2", "s1", "Bo", "A cello", MAY, Optional.of(OSLO));
        door.follow();

        var near =
                Question.of(
                                SPACE,
                                new What.Text("instrument"),
                                new Where.Within(new Region.Circle(OSLO, 10)))
                        .ofKinds(Set.of(Kind.MEMORY));
        assertThat(door.ask(near).hits()).extracting(Hit::id).containsExactly("t2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"the of and", "🎻🎻", "Welches Instrument hat er gekauft?", "?!", "楽器"})
    void wordsThatSayLittleAreAnsweredToo(String words) {
        turn("t1", "s1", "Ann", "Which instrument did you buy?");
        door.follow();

        assertThatCode(() -> door.ask(question(words, 5))).doesNotThrowAnyException();
    }

    private List<String> found(String words, int limit) {
        return hits(question(words, limit)).stream().map(Hit::id).toList();
    }

    private List<Hit> hits(Question question) {
        return door.follow().ask(question).hits();
    }

    private static Question question(String words, int limit) {
        return Question.of(SPACE, new What.Text(words))
                .ofKinds(Set.of(Kind.MEMORY))
                .limitedTo(limit);
    }

    private void name(String entity, String name) {
        scribe.say(
                new EntityId(entity),
                Profile.NAME,
                new Value.Text(name),
                Interval.since(Instant.EPOCH),
                new SourceId("desk"));
    }

    private void turn(String id, String session, String speaker, String text) {
        keep(id, session, speaker, text, MAY, Optional.empty());
    }

    private void party(String id, String day) {
        keep(
                id,
                "s" + id,
                "Ann",
                "The garden party was lovely",
                Instant.parse(day + "T12:00:00Z"),
                Optional.empty());
    }

    private void note(String id, String text, String about) {
        scribe.keep(
                new Memory(
                        new MemoryId(id),
                        text,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new EntityId(about)),
                        new SourceId("desk"),
                        "{}"));
    }

    private void keep(
            String id,
            String session,
            String speaker,
            String text,
            Instant occurred,
            Optional<GeoPoint> place) {
        scribe.keep(
                new Memory(
                        new MemoryId(id),
                        text,
                        Optional.of(occurred),
                        Optional.empty(),
                        Optional.of(session),
                        Optional.of(speaker),
                        place,
                        List.of(),
                        new SourceId("desk"),
                        "{}"));
    }
}
