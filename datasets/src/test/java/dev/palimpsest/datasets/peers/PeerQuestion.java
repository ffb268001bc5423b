package dev.palimpsest.datasets.peers;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Constraint.When;
import dev.palimpsest.question.Constraint.Where;
import dev.palimpsest.question.Constraint.Why;
import dev.palimpsest.question.Question;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.space.Region;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A question about a made world, with everything looked up that is no peer's business: the
/// direction of its text and the numbers of entities.
///
/// @param text what is sought, soft
/// @param direction of the text
/// @param centre of the circle in which everything lies, hard
/// @param around half as good at so many kilometres from the centre, soft
/// @param during in which everything lies, hard
/// @param near a moment, soft
/// @param chain of causes on which everything is, hard, and scored by its strength
/// @param knownAt in microseconds: what was recorded then
record PeerQuestion(
        String text,
        Direction direction,
        GeoPoint centre,
        double kilometres,
        Optional<Double> around,
        Optional<Interval> during,
        Optional<Near> near,
        Optional<Chain> chain,
        long knownAt) {

    /// Now: after everything that is recorded, before what never ends.
    static final long NOW = Long.MAX_VALUE - 1;

    record Near(long micros, double halfSeconds) {}

    /// @param start number of an entity that is not on it itself
    /// @param forwards whether effects are asked for, not causes
    record Chain(long start, boolean forwards, int hops) {}

    /// Whether the circle is smaller than half the Earth.
    boolean hasRegion() {
        return kilometres < Math.PI * GeoPoint.EARTH_RADIUS_KM;
    }

    /// The moment at which things must be where they are asked for, if there is no stretch.
    long reference() {
        return near.map(Near::micros).orElse(NOW);
    }

    /// @param nodes numbers of the entities that are named
    /// @throws IllegalArgumentException if it asks what no question about a made world asks
    static PeerQuestion of(Question question, Direction direction, Map<EntityId, Long> nodes) {
        var circle = circle(question);
        var around = question.find(Where.Around.class);
        if (around.isPresent() && !around.get().point().equals(circle.centre())) {
            throw new IllegalArgumentException("around must be the centre of within: " + question);
        }
        return new PeerQuestion(
                question.find(What.Text.class).orElseThrow().words(),
                direction,
                circle.centre(),
                circle.kilometres(),
                around.map(Where.Around::halfKilometres),
                question.find(When.During.class).map(When.During::interval),
                question.find(When.Near.class).map(PeerQuestion::near),
                chain(question, nodes),
                question.knownAt().map(Moments::toMicros).orElse(NOW));
    }

    private static Region.Circle circle(Question question) {
        if (question.find(Where.Within.class).orElseThrow().region()
                instanceof Region.Circle circle) {
            return circle;
        }
        throw new IllegalArgumentException("within must be a circle: " + question);
    }

    private static Near near(When.Near asked) {
        Duration half = asked.half();
        return new Near(Moments.toMicros(asked.moment()), half.toNanos() / 1e9);
    }

    private static Optional<Chain> chain(Question question, Map<EntityId, Long> nodes) {
        var effects =
                question.find(Why.EffectsOf.class)
                        .map(why -> new Chain(node(why.entity(), nodes), true, why.hops()));
        return effects.or(() ->
                question.find(Why.CausesOf.class)
                        .map(why -> new Chain(node(why.entity(), nodes), false, why.hops())));
    }

    private static long node(EntityId entity, Map<EntityId, Long> nodes) {
        Long node = nodes.get(entity);
        if (node == null) {
            throw new IllegalArgumentException("no such entity: " + entity);
        }
        return node;
    }
}
