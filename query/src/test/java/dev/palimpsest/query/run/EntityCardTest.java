package dev.palimpsest.query.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.query.ledger.Scribe;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Constraint.When;
import dev.palimpsest.question.Hit;
import dev.palimpsest.question.Question;
import dev.palimpsest.time.Interval;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntityCardTest {

    private static final SpaceId SPACE = new SpaceId("firms");
    private static final EntityId ACME = new EntityId("acme");
    private static final Instant FOUNDED = Instant.parse("2018-02-04T00:00:00Z");
    private static final Instant LATER = Instant.parse("2018-02-06T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

    private final Scribe scribe = new Scribe(SPACE);

    @TempDir private Path folder;
    private ReadDoor door;

    @BeforeEach
    void tellOfAFirm() {
        door = new ReadDoor(scribe, folder, NOW);
        say(Profile.TYPE, new Value.Text("Organization"));
        say(Profile.NAME, new Value.Text("Acme"));
        say(new PredicateName("ceo"), new Value.Entity(new EntityId("ann")));
        door.follow();
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void whatIsSaidOfAnEntityComesBeforeWhatItsCardShows() {
        var question =
                Question.of(
                        SPACE, new What.Text("who is the ceo of Acme"), new When.At(LATER, false));
        var facts =
                door.ask(question).hits().stream()
                        .map(Hit::found)
                        .filter(Hit.Found.OfFact.class::isInstance)
                        .map(Hit.Found.OfFact.class::cast)
                        .map(Hit.Found.OfFact::version)
                        .filter(version -> version.subject().equals(ACME))
                        .map(version -> version.predicate().value())
                        .toList();
        assertThat(facts).first().isEqualTo("ceo");
    }

    @Test
    void askedWhatWillBeKnownItSaysWhatIsKnownNow() {
        var question = Question.of(SPACE, new What.Text("Acme"));
        assertThat(door.ask(question.knownAt(NOW.plusSeconds(1))).note())
                .hasValueSatisfying(note -> assertThat(note).contains("as of now"));
        assertThat(door.ask(question.knownAt(NOW)).note()).isEmpty();
    }

    private void say(PredicateName predicate, Value object) {
        scribe.say(ACME, predicate, object, Interval.since(FOUNDED), new SourceId("register"));
    }
}
