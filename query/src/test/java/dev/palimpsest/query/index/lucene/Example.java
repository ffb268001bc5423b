package dev.palimpsest.query.index.lucene;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Projection;
import dev.palimpsest.port.Projection.Checkpoint;
import dev.palimpsest.port.Row;
import dev.palimpsest.query.ledger.InMemoryLedger;
import dev.palimpsest.query.ledger.Scribe;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A space that is written by a few words per line, and followed into a projection.
final class Example {

    static final SourceId US = new SourceId("us");
    static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");

    final Scribe scribe;
    private Position followed = Position.START;

    Example(String space) {
        this.scribe = new Scribe(new SpaceId(space));
    }

    SpaceId space() {
        return scribe.space();
    }

    Position head() {
        return scribe.head();
    }

    FactVersion say(String subject, String predicate, Value object) {
        return say(subject, predicate, object, Interval.since(LONG_AGO));
    }

    FactVersion say(String subject, String predicate, Value object, Interval valid) {
        return scribe.say(new EntityId(subject), new PredicateName(predicate), object, valid, US);
    }

    FactVersion name(String subject, String name) {
        return say(subject, Profile.NAME.value(), new Value.Text(name));
    }

    FactVersion place(String subject, double latitude, double longitude) {
        return say(
                subject, Profile.PLACE.value(), new Value.Geo(new GeoPoint(latitude, longitude)));
    }

    void keep(String id, String text, String... mentions) {
        scribe.keep(memory(id, text, mentions));
    }

    static Memory memory(String id, String text, String... mentions) {
        return new Memory(
                new MemoryId(id),
                text,
                Optional.empty(),
                Optional.of("desk-1"),
                Optional.of("s-1"),
                Optional.empty(),
                Optional.empty(),
                List.of(mentions).stream().map(EntityId::new).toList(),
                US,
                "{}");
    }

    /// Applies what was written since the last time, in one batch.
    void follow(Projection projection) {
        projection.apply(scribe.changesAfter(followed), checkpoint());
        followed = scribe.head();
    }

    /// Applies again whatever a projection that was opened anew does not hold durably.
    void catchUp(Projection projection) {
        var from = projection.checkpoint().map(Checkpoint::position).orElse(Position.START);
        projection.apply(scribe.changesAfter(from), checkpoint());
    }

    Checkpoint checkpoint() {
        return new Checkpoint(InMemoryLedger.EPOCH, scribe.head());
    }

    /// The newest images of the rows that a projection holds.
    List<Row> rowsHeld(Projection projection) {
        return scribe.rows().stream().filter(projection::holds).toList();
    }
}
