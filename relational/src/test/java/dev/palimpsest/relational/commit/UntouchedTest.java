package dev.palimpsest.relational.commit;

import static dev.palimpsest.relational.commit.OpenLedger.SPACE;
import static dev.palimpsest.relational.commit.OpenLedger.says;
import static dev.palimpsest.relational.commit.OpenLedger.since;
import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Forgetting.Target;
import dev.palimpsest.relational.PgLedger;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Stretch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whether what was said in a stretch of the ledger is still what its sources say.
class UntouchedTest {

    private final OpenLedger ledger = new OpenLedger();
    private final PgLedger reading = new PgLedger(ledger.database.dataSource());

    @BeforeEach
    void register() {
        ledger.registerFunctional("worksFor");
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private Position say(String subject, String company, int year, String source) {
        var outcome = ledger.write(says(subject, "worksFor", company, since(year), source));
        return new Position(ledger.positionOf(outcome));
    }

    private boolean isUntouched(Position before, Position last) {
        return reading.isUntouched(SPACE, new Stretch(before, last), new Stretch(last, head()));
    }

    private Position head() {
        return reading.head().position();
    }

    @Test
    void whatIsSupersededWithinTheStretchIsNotTouchedAfterIt() {
        var first = say("ann", "acme", 2020, "hr");
        var last = say("ann", "bolt", 2024, "hr");
        assertThat(isUntouched(Position.START, last)).isTrue();
        assertThat(isUntouched(Position.START, first)).isFalse();
    }

    @Test
    void whatOthersSayOrWasSaidBeforeItDoesNotTouchIt() {
        var before = say("bob", "acme", 2020, "hr");
        var last = say("ann", "acme", 2020, "hr");
        say("ann", "bolt", 2021, "web");
        assertThat(isUntouched(Position.START, last)).isTrue();
        say("bob", "bolt", 2021, "hr");
        assertThat(isUntouched(before, last)).isTrue();
        assertThat(isUntouched(Position.START, last)).isFalse();
        var all = new Stretch(Position.START, last);
        var since = new Stretch(last, head());
        assertThat(reading.isUntouched(new SpaceId("other"), all, since)).isTrue();
    }

    @Test
    void whatWasTouchedLaterOrEarlierDoesNotTouchItThen() {
        var said = new Stretch(Position.START, say("ann", "acme", 2020, "hr"));
        var other = say("bob", "acme", 2020, "hr");
        var touched = say("ann", "bolt", 2020, "hr");
        var after = say("bob", "bolt", 2020, "hr");
        assertThat(reading.isUntouched(SPACE, said, new Stretch(said.last(), other))).isTrue();
        assertThat(reading.isUntouched(SPACE, said, new Stretch(other, touched))).isFalse();
        assertThat(reading.isUntouched(SPACE, said, new Stretch(touched, after))).isTrue();
    }

    @Test
    void forgettingTouchesTheWholeSpace() {
        say("ann", "acme", 2020, "hr");
        var last = say("bob", "acme", 2020, "hr");
        Forgettable.forget(ledger, new Target.OfEntity(new EntityId("ann")));
        assertThat(isUntouched(last, last)).isFalse();
    }
}
