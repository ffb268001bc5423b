package dev.palimpsest.datasets.bench.fourd;

import dev.palimpsest.datasets.earthquakes.SeismicEvent;
import dev.palimpsest.space.GeoPoint;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Makes imprecise clues of events, by chance.
final class ClueMaker {

    private static final List<Integer> KILOMETRES = List.of(5, 10, 20, 40, 80, 160);
    private static final List<Integer> HALF_HOURS = List.of(3, 6, 12, 24);

    /// How far beside the truth a clue is put, as a part of how far it reaches.
    private static final double BESIDE = 0.8;

    private static final int FARTHEST_RELATIVE = 3;
    private static final int HOPS = 3;
    private static final double KILOMETRES_A_DEGREE = 111.2;
    private static final double LEAST_COSINE = 0.05;
    private static final double PLACES = 1e4;

    private static final Map<String, String> TYPES =
            Map.of(
                    "earthquake", "Earthquake",
                    "explosion", "Explosion",
                    "quarry blast", "QuarryBlast");

    private final Map<CoarseWords, Set<String>> alike;
    private final TriggerFamilies families;
    private final RandomGenerator random;

    ClueMaker(List<SeismicEvent> events, TriggerFamilies families, RandomGenerator random) {
        this.alike =
                events.stream()
                        .collect(
                                Collectors.groupingBy(
                                        CoarseWords::of,
                                        Collectors.mapping(SeismicEvent::id, Collectors.toSet())));
        this.families = families;
        this.random = random;
    }

    /// One of each dimension; empty if the event hangs together with no other, or its words would
    /// give it away.
    Optional<List<Clue>> cluesOf(SeismicEvent event) {
        var words = CoarseWords.of(event);
        var reasons = reasons(event);
        if (reasons.isEmpty() || words.givesAway(event)) {
            return Optional.empty();
        }
        var type = TYPES.get(event.kind());
        if (type == null) {
            throw new IllegalStateException("a kind of event without a type: " + event.kind());
        }
        return Optional.of(
                List.of(
                        new Clue.Kind(
                                type,
                                words.sentence(),
                                words.amounts(),
                                alike.getOrDefault(words, Set.of())),
                        place(event),
                        time(event),
                        reasons.get(random.nextInt(reasons.size()))));
    }

    private Clue.Place place(SeismicEvent event) {
        double kilometres = KILOMETRES.get(random.nextInt(KILOMETRES.size()));
        double away = BESIDE * kilometres * Math.sqrt(random.nextDouble());
        double angle = 2 * Math.PI * random.nextDouble();
        double latitude =
                event.epicentre().latitude() + away / KILOMETRES_A_DEGREE * Math.cos(angle);
        double cosine = Math.max(LEAST_COSINE, Math.cos(Math.toRadians(latitude)));
        double longitude =
                event.epicentre().longitude()
                        + away / KILOMETRES_A_DEGREE / cosine * Math.sin(angle);
        var centre =
                new GeoPoint(
                        rounded(Math.clamp(latitude, -90, 90)),
                        rounded(Math.IEEEremainder(longitude, 360)));
        return new Clue.Place(centre, kilometres, random.nextBoolean());
    }

    private Clue.Time time(SeismicEvent event) {
        var half = Duration.ofHours(HALF_HOURS.get(random.nextInt(HALF_HOURS.size())));
        long beside = Math.round((2 * random.nextDouble() - 1) * BESIDE * half.toMinutes());
        var middle = event.time().plus(beside, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.MINUTES);
        return new Clue.Time(middle, half, random.nextBoolean());
    }

    private List<Clue.Reason> reasons(SeismicEvent event) {
        var reasons = new ArrayList<Clue.Reason>();
        for (var cause : families.causesOf(event.id(), FARTHEST_RELATIVE)) {
            reasons.add(new Clue.Reason("effectsOf", cause, HOPS, families.effectsOf(cause, HOPS)));
        }
        for (var effect : families.effectsOf(event.id(), FARTHEST_RELATIVE)) {
            reasons.add(new Clue.Reason("causesOf", effect, HOPS, families.causesOf(effect, HOPS)));
        }
        return reasons;
    }

    private static double rounded(double degrees) {
        return Math.round(degrees * PLACES) / PLACES;
    }
}
