package dev.palimpsest.datasets.earthquakes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The nearest-neighbour rule of Zaliapin and Ben-Zion (2013): which earlier earthquake each
/// earthquake follows from, if any.
///
/// The proximity of a possible parent is `eta = dt * r^1.6 * 10^(-b M)` with `dt` in years, `r` in
/// kilometres, `M` the parent's magnitude and b = 1. The parent is the event of least `eta`; the
/// two are linked when `log10 eta` is below the threshold, so every event has one parent or none.
public final class NearestNeighbourRule {

    /// Pairs are linked when the decimal logarithm of their proximity is below this.
    static final double LOG10_THRESHOLD = -5;

    private static final double FRACTAL_DIMENSION = 1.6;
    private static final double LEAST_KM = 0.1;
    private static final double SECONDS_A_YEAR = 365.25 * 24 * 3600;

    private NearestNeighbourRule() {}

    /// The links among `events`, by the child's time. Events that people made take no part.
    public static List<TriggerLink> links(List<SeismicEvent> events) {
        List<SeismicEvent> natural =
                events.stream()
                        .filter(SeismicEvent::isNatural)
                        .sorted(
                                Comparator.comparing(SeismicEvent::time)
                                        .thenComparing(SeismicEvent::id))
                        .toList();
        var links = new ArrayList<TriggerLink>();
        for (int child = 0; child < natural.size(); child++) {
            nearest(natural.subList(0, child), natural.get(child))
                    .filter(link -> link.log10Eta() < LOG10_THRESHOLD)
                    .ifPresent(links::add);
        }
        return List.copyOf(links);
    }

    /// The nearest of `earlier` to `child`, however far; of equals the one that came first.
    static Optional<TriggerLink> nearest(List<SeismicEvent> earlier, SeismicEvent child) {
        return earlier.stream()
                .filter(parent -> parent.time().isBefore(child.time()))
                .map(parent -> new TriggerLink(parent, child, log10Eta(parent, child)))
                .min(Comparator.comparingDouble(TriggerLink::log10Eta));
    }

    /// The decimal logarithm of the proximity of two events, the first the earlier.
    static double log10Eta(SeismicEvent parent, SeismicEvent child) {
        double seconds = parent.time().until(child.time()).toNanos() / 1e9;
        double km = Math.max(parent.epicentre().kilometresTo(child.epicentre()), LEAST_KM);
        return Math.log10(seconds / SECONDS_A_YEAR)
                + FRACTAL_DIMENSION * Math.log10(km)
                - parent.magnitude();
    }
}
