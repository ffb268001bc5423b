package dev.palimpsest.graph.janus;

import dev.palimpsest.time.Moments;
import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.tinkerpop.gremlin.structure.Element;
import org.apache.tinkerpop.gremlin.structure.Property;

/// What an edge and a vertex property have in common: they are a version of a fact, with when it
/// holds, when it was recorded and how sure it is.
///
/// What it shows never changes at a position: that it was closed later is not shown. Times are
/// shown as dates, so that `has('validFrom', gt(datetime('2018-02-06')))` works; an end that has
/// not come is absent.
final class SnapshotFact {

    private static final Map<String, Function<Object, Object>> SHOWN = shown();

    private final Element element;

    SnapshotFact(Element element) {
        this.element = element;
    }

    private static Map<String, Function<Object, Object>> shown() {
        var shown = new LinkedHashMap<String, Function<Object, Object>>();
        shown.put(GraphNames.FACT, Object::toString);
        shown.put(GraphNames.VERSION, Object::toString);
        shown.put(GraphNames.VALID_FROM, SnapshotFact::moment);
        shown.put(GraphNames.VALID_UNTIL, SnapshotFact::moment);
        shown.put(GraphNames.UNKNOWN_END, Function.identity());
        shown.put(GraphNames.RECORDED_FROM, SnapshotFact::moment);
        shown.put(GraphNames.CONFIDENCE, Function.identity());
        shown.put(GraphNames.STRENGTH, Function.identity());
        shown.put(GraphNames.DELAY, Function.identity());
        shown.put(GraphNames.DELAY_DEVIATION, Function.identity());
        shown.put(GraphNames.STATEMENT, Function.identity());
        return shown;
    }

    /// Microseconds as a date of the same moment.
    static Timestamp moment(Object micros) {
        return Timestamp.from(Moments.fromMicros((Long) micros));
    }

    boolean isSeenBy(GraphView view) {
        return view.knows(micros(GraphNames.FROM_POSITION), micros(GraphNames.UNTIL_POSITION))
                && view.holds(validFrom(), sureUntil());
    }

    long validFrom() {
        return micros(GraphNames.VALID_FROM);
    }

    Optional<UUID> version() {
        Property<UUID> version = element.property(GraphNames.VERSION);
        return version.isPresent() ? Optional.of(version.value()) : Optional.empty();
    }

    /// What is said about the fact, by key.
    Map<String, Object> attributes() {
        var attributes = new LinkedHashMap<String, Object>();
        SHOWN.forEach((key, asShown) -> {
            Property<Object> property = element.property(key);
            if (property.isPresent() && !property.value().equals(Moments.OPEN)) {
                attributes.put(key, asShown.apply(property.value()));
            }
        });
        return attributes;
    }

    private long sureUntil() {
        return element.property(GraphNames.UNKNOWN_END).isPresent()
                ? validFrom() + 1
                : micros(GraphNames.VALID_UNTIL);
    }

    private long micros(String key) {
        return element.value(key);
    }
}
