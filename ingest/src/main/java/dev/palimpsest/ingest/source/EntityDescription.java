package dev.palimpsest.ingest.source;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.Evidence;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.Statement.Replaces;
import dev.palimpsest.port.WriteItem.Action.DescribeEntity;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one source says of one entity at once, gathered statement by statement.
///
/// Each takes the place of all the source said of the same before; an alias comes beside the
/// others.
final class EntityDescription {

    private final EntityId entity;
    private final SourceId source;
    private final Optional<Evidence> evidence;
    private final List<Statement> statements = new ArrayList<>();

    EntityDescription(EntityId entity, SourceId source, Optional<Evidence> evidence) {
        this.entity = entity;
        this.source = source;
        this.evidence = evidence;
    }

    void type(EntityType type) {
        say(Profile.TYPE, new Value.Text(type.value()), Interval.ALWAYS);
    }

    void name(String name) {
        say(Profile.NAME, new Value.Text(name), Interval.ALWAYS);
    }

    void alias(String alias) {
        add(Profile.ALIAS, new Value.Text(alias), Interval.ALWAYS, Replaces.OVERLAP);
    }

    void description(String description) {
        say(Profile.DESCRIPTION, new Value.Text(description), Interval.ALWAYS);
    }

    void place(GeoPoint place) {
        say(Profile.PLACE, new Value.Geo(place), Interval.ALWAYS);
    }

    void exists(Interval interval) {
        say(Profile.EXISTS, new Value.Flag(true), interval);
    }

    void say(PredicateName predicate, Value object, Interval valid) {
        add(predicate, object, valid, Replaces.ALL);
    }

    boolean isEmpty() {
        return statements.isEmpty();
    }

    DescribeEntity item() {
        return new DescribeEntity(entity, statements);
    }

    private void add(PredicateName predicate, Value object, Interval valid, Replaces replaces) {
        statements.add(
                new Statement(
                        entity,
                        predicate,
                        object,
                        valid,
                        source,
                        Qualifiers.NONE,
                        evidence,
                        replaces));
    }
}
