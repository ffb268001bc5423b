package dev.palimpsest.graph.janus;

import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Row;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Recorded;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.janusgraph.core.attribute.Geoshape;

/// What lies on disk with an edge or a vertex property. Times are microseconds since 1970, an open
/// end [Moments#OPEN].
final class FactProperties {

    /// What lies with every edge, besides [GraphNames#UNTIL_POSITION]; mentions are no facts.
    static final List<String> EVERY =
            List.of(
                    GraphNames.FACT,
                    GraphNames.VERSION,
                    GraphNames.VALID_FROM,
                    GraphNames.VALID_UNTIL,
                    GraphNames.FROM_POSITION,
                    GraphNames.RECORDED_FROM,
                    GraphNames.RECORDED_UNTIL);

    private static final double NANOS = 1e9;

    private FactProperties() {}

    static Map<String, Object> ofLiteral(FactVersion version) {
        var properties = of(version);
        if (version.object() instanceof Value.Numeric(BigDecimal number)
                && new BigDecimal(Double.toString(number.doubleValue())).compareTo(number) != 0) {
            properties.put(GraphNames.EXACT, number.toString());
        }
        return properties;
    }

    /// A literal as the graph's data types have it.
    static Object literal(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Json(String text) -> text;
            case Value.Numeric(BigDecimal number) -> number.doubleValue();
            case Value.Flag(boolean flag) -> flag;
            case Value.Moment(Instant moment) -> moment;
            case Value.Geo geo -> Geoshape.point(geo.point().latitude(), geo.point().longitude());
            case Value.Entity entity ->
                    throw new IllegalArgumentException("an entity is no literal: " + entity.id());
        };
    }

    /// Of the mention of an entity in a memory: it holds since what is remembered happened.
    static Map<String, Object> ofMention(Row.OfMemory row) {
        var properties = recorded(row.id(), row.recorded());
        addValid(properties, row.memory().occurred().map(Interval::since).orElse(Interval.ALWAYS));
        return properties;
    }

    static Map<String, Object> recorded(RowId id, Recorded recorded) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put(GraphNames.VERSION, id.value());
        properties.put(GraphNames.FROM_POSITION, recorded.fromPosition());
        properties.put(GraphNames.UNTIL_POSITION, recorded.untilPosition());
        properties.put(GraphNames.RECORDED_FROM, recorded.fromMicros());
        properties.put(GraphNames.RECORDED_UNTIL, recorded.untilMicros());
        return properties;
    }

    static OptionalLong micros(Optional<Instant> moment) {
        return moment.map(Moments::toMicros).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    static Map<String, Object> of(FactVersion version) {
        var properties = recorded(version.id(), version.recorded());
        properties.put(GraphNames.FACT, version.fact().value());
        addValid(properties, version.valid());
        add(properties, version.qualifiers());
        return properties;
    }

    private static void addValid(Map<String, Object> properties, Interval valid) {
        properties.put(GraphNames.VALID_FROM, valid.fromMicros());
        properties.put(GraphNames.VALID_UNTIL, valid.untilMicros());
        if (valid.end() instanceof Interval.End.Unknown) {
            properties.put(GraphNames.UNKNOWN_END, true);
        }
    }

    private static void add(Map<String, Object> properties, Qualifiers qualifiers) {
        qualifiers.confidence().ifPresent(it -> properties.put(GraphNames.CONFIDENCE, it));
        qualifiers.strength().ifPresent(it -> properties.put(GraphNames.STRENGTH, it));
        qualifiers
                .delay()
                .ifPresent(delay -> {
                    properties.put(GraphNames.DELAY, seconds(delay.mean()));
                    delay.deviation()
                            .ifPresent(
                                    it -> properties.put(GraphNames.DELAY_DEVIATION, seconds(it)));
                });
        qualifiers.statement().ifPresent(it -> properties.put(GraphNames.STATEMENT, it));
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / NANOS;
    }
}
