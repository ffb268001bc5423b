package dev.palimpsest.datasets.bench.fourd;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.datasets.earthquakes.SeismicEvent;
import dev.palimpsest.question.Dimension;
import dev.palimpsest.space.GeoPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One imprecise thing said of an event.
sealed interface Clue {

    Dimension dimension();

    /// Whether it is true of that event, by the rule it was made by.
    boolean fits(SeismicEvent event);

    /// All events it is true of, where it was made by listing them.
    default Optional<Set<String>> listed() {
        return switch (this) {
            case Kind kind -> Optional.of(kind.alike());
            case Reason reason -> Optional.of(reason.reached());
            case Place _, Time _ -> Optional.empty();
        };
    }

    /// Adds it to the dimension of a question.
    void addTo(ObjectNode dimension);

    /// What it is, in coarse words: its sort, magnitude to the whole number, class of depth, and
    /// part of the world; and the same two as coarse numbers.
    ///
    /// @param alike the events the same words are made of
    record Kind(String type, String text, List<Amount> amounts, Set<String> alike) implements Clue {

        public Kind {
            amounts = List.copyOf(amounts);
            alike = Set.copyOf(alike);
        }

        @Override
        public Dimension dimension() {
            return Dimension.WHAT;
        }

        @Override
        public boolean fits(SeismicEvent event) {
            return alike.contains(event.id());
        }

        @Override
        public void addTo(ObjectNode dimension) {
            dimension.put("text", text).putArray("types").add(type);
            var quantities = dimension.putArray("quantities");
            amounts.forEach(amount -> amount.addTo(quantities));
        }
    }

    /// About so much of something: the middle of the class it falls into, half as good at the end
    /// of the class.
    record Amount(String predicate, double middle, double half) {

        static Amount ofClass(String predicate, double from, double until) {
            return new Amount(predicate, (from + until) / 2, (until - from) / 2);
        }

        private void addTo(ArrayNode quantities) {
            quantities
                    .addObject()
                    .put("predicate", predicate)
                    .put("near", middle)
                    .put("half", half);
        }
    }

    /// Within so many kilometres of a point beside it.
    ///
    /// @param soft asked as `around`, half as good at that distance, instead of as `within`
    record Place(GeoPoint centre, double kilometres, boolean soft) implements Clue {

        @Override
        public Dimension dimension() {
            return Dimension.WHERE;
        }

        @Override
        public boolean fits(SeismicEvent event) {
            return event.epicentre().kilometresTo(centre) <= kilometres;
        }

        @Override
        public void addTo(ObjectNode dimension) {
            dimension
                    .putObject(soft ? "around" : "within")
                    .put("lat", centre.latitude())
                    .put("lon", centre.longitude())
                    .put(soft ? "halfKm" : "km", kilometres);
        }
    }

    /// No further than so long from a moment beside it.
    ///
    /// @param soft asked as `near`, half as good so long before and after, instead of as `during`
    record Time(Instant middle, Duration half, boolean soft) implements Clue {

        @Override
        public Dimension dimension() {
            return Dimension.WHEN;
        }

        @Override
        public boolean fits(SeismicEvent event) {
            return !event.time().isBefore(middle.minus(half))
                    && event.time().isBefore(middle.plus(half));
        }

        @Override
        public void addTo(ObjectNode dimension) {
            if (soft) {
                dimension
                        .putObject("near")
                        .put("at", middle.toString())
                        .put("half", half.toString());
            } else {
                dimension
                        .putObject("during")
                        .put("from", middle.minus(half).toString())
                        .put("until", middle.plus(half).toString());
            }
        }
    }

    /// It led to that event, or that event to it.
    ///
    /// @param asked `causesOf` or `effectsOf`
    /// @param reached the events this is true of
    record Reason(String asked, String event, int hops, Set<String> reached) implements Clue {

        public Reason {
            reached = Set.copyOf(reached);
        }

        @Override
        public Dimension dimension() {
            return Dimension.WHY;
        }

        @Override
        public boolean fits(SeismicEvent other) {
            return reached.contains(other.id());
        }

        @Override
        public void addTo(ObjectNode dimension) {
            dimension.put(asked, event).put("hops", hops);
        }
    }
}
