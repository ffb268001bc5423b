package dev.palimpsest.datasets.earthquakes;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Evidence;
import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.Qualifiers.Delay;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.Statement.Replaces;
import dev.palimpsest.time.Interval;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Says a trigger link as a causal fact, in words too.
final class TriggerStatement {

    /// The earlier earthquake led to the later one.
    static final Predicate TRIGGERED =
            new Predicate(
                    new PredicateName("triggered"),
                    false,
                    true,
                    false,
                    Optional.empty(),
                    Optional.of(ObjectKind.ENTITY));

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private TriggerStatement() {}

    /// The fact holds from the later earthquake on.
    static Statement of(TriggerLink link) {
        var qualifiers =
                new Qualifiers(
                        OptionalDouble.empty(),
                        OptionalDouble.of(link.strength()),
                        Optional.of(new Delay(link.delay(), Optional.empty())),
                        Optional.of(sentence(link)));
        return new Statement(
                new EntityId(link.parent().id()),
                TRIGGERED.name(),
                new Value.Entity(new EntityId(link.child().id())),
                Interval.since(link.child().time()),
                EarthquakeSources.RULE,
                qualifiers,
                Optional.of(evidence(link)),
                Replaces.OVERLAP);
    }

    static String sentence(TriggerLink link) {
        return String.format(
                Locale.ROOT,
                "The %s led to the %s %s later (uncalibrated proximity %.3f).",
                named(link.parent()),
                named(link.child()),
                inWords(link.delay()),
                link.strength());
    }

    private static Evidence evidence(TriggerLink link) {
        var quote =
                String.format(
                        Locale.ROOT,
                        "log10 eta = %.2f at %.1f km and %s",
                        link.log10Eta(),
                        link.kilometres(),
                        inWords(link.delay()));
        return new Evidence(Optional.empty(), Optional.of(quote), OptionalInt.empty());
    }

    private static String named(SeismicEvent event) {
        return String.format(
                Locale.ROOT,
                "M %.1f of %s, %s,",
                event.magnitude(),
                DAY.format(event.time()),
                event.region());
    }

    private static String inWords(Duration delay) {
        if (delay.toHours() > 0) {
            return delay.toHours() + " h " + delay.toMinutesPart() + " min";
        }
        return delay.toMinutes() + " min " + delay.toSecondsPart() + " s";
    }
}
